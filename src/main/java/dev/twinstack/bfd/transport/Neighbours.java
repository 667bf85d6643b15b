package dev.twinstack.bfd.transport;

import dev.twinstack.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The kernel's table of IPv4 neighbours.
final class Neighbours {

    private static final Path TABLE = Path.of("/proc/net/arp");
    private static final int COLUMNS = 6;
    private static final int COMPLETE = 0x2;

    private Neighbours() {}

    /// The hardware address of a neighbour, if the kernel knows it.
    static Optional<byte[]> mac(IpAddress address) {
        try {
            return mac(address, Files.readAllLines(TABLE));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// @param lines of `/proc/net/arp`: address, hardware type, flags, hardware address, mask,
    ///   device
    static Optional<byte[]> mac(IpAddress address, List<String> lines) {
        return lines.stream()
                .skip(1)
                .map(line -> List.of(line.strip().split(" +", -1)))
                .filter(columns -> columns.size() == COLUMNS)
                .filter(columns -> columns.getFirst().equals(address.toString()))
                .filter(columns -> (Integer.decode(columns.get(2)) & COMPLETE) != 0)
                .map(columns -> HexFormat.ofDelimiter(":").parseHex(columns.get(3)))
                .findFirst();
    }
}

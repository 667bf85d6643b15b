package dev.twinstack.operator.speaker;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The addresses of this machine's own interfaces.
final class LocalInterfaces {

    private static final Logger log = LoggerFactory.getLogger(LocalInterfaces.class);

    private static final Path IPV6 = Path.of("/proc/net/if_inet6");
    private static final int FLAGS_COLUMN = 4;

    /// `IFA_F_TEMPORARY` (privacy, RFC 8981), `_DADFAILED`, `_DEPRECATED`, `_TENTATIVE` of Linux.
    private static final int FLEETING = 0x01 | 0x08 | 0x20 | 0x40;

    private LocalInterfaces() {}

    /// Addresses of the interfaces that have one of `own`, without those that won't stay. Of
    /// interfaces that are up, in order of their indices.
    static List<IpAddress> beside(Collection<IpAddress> own) {
        try {
            Set<IpAddress> fleeting =
                    Files.exists(IPV6) ? fleeting(Files.readAllLines(IPV6)) : Set.of();
            return NetworkInterface.networkInterfaces()
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .filter(LocalInterfaces::isUp)
                    .map(device -> device.inetAddresses().map(IpAddress::of).toList())
                    .filter(addresses -> addresses.stream().anyMatch(own::contains))
                    .flatMap(List::stream)
                    .filter(address -> !fleeting.contains(address))
                    .toList();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("Cannot list the network interfaces");
            return List.of();
        }
    }

    /// IPv6 addresses that are temporary, deprecated or not usable yet.
    ///
    /// @param lines of `/proc/net/if_inet6`
    static Set<IpAddress> fleeting(List<String> lines) {
        Set<IpAddress> fleeting = new HashSet<>();
        for (String line : lines) {
            List<String> columns = List.of(line.strip().split(" +", -1));
            if (columns.size() > FLAGS_COLUMN
                    && (Integer.parseInt(columns.get(FLAGS_COLUMN), 16) & FLEETING) != 0) {
                fleeting.add(IpAddress.of(HexFormat.of().parseHex(columns.getFirst())));
            }
        }
        return fleeting;
    }

    /// Whether an address is in a prefix of one of the interfaces.
    static boolean isOnLink(IpAddress address) {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(device -> device.getInterfaceAddresses().stream())
                    .anyMatch(own -> isBeside(own, address));
        } catch (SocketException e) {
            log.atWarn().setCause(e).log("Cannot list the network interfaces");
            return false;
        }
    }

    private static boolean isBeside(InterfaceAddress own, IpAddress address) {
        IpAddress ours = IpAddress.of(own.getAddress());
        return ours.family() == address.family()
                && new IpPrefix(ours, own.getNetworkPrefixLength()).contains(address);
    }

    private static boolean isUp(NetworkInterface device) {
        try {
            return device.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}

package dev.twinstack.operator.speaker;

import dev.twinstack.net.IpAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The addresses of this machine's own interfaces.
final class LocalInterfaces {

    private static final Logger log = LoggerFactory.getLogger(LocalInterfaces.class);

    private LocalInterfaces() {}

    /// Addresses of interfaces that are up, in order of the interfaces' indices.
    static List<IpAddress> addresses() {
        List<IpAddress> addresses = new ArrayList<>();
        try {
            NetworkInterface.networkInterfaces()
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .filter(LocalInterfaces::isUp)
                    .forEach(device ->
                            device.inetAddresses().map(IpAddress::of).forEach(addresses::add));
        } catch (SocketException e) {
            log.atWarn().setCause(e).log("Cannot list the network interfaces");
        }
        return addresses;
    }

    private static boolean isUp(NetworkInterface device) {
        try {
            return device.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}

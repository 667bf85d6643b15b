package dev.twinstack.router;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What the `router` role was told in its file.
///
/// @param routerId an IPv4 address
/// @param listen where it waits for peers; never empty
/// @param httpPort of the page with the table
public record RouterConfig(
        Asn asn, IpAddress routerId, List<Endpoint> listen, List<Neighbour> peers, int httpPort) {

    public static final int BGP_PORT = 179;
    public static final int DEFAULT_HTTP_PORT = 7480;
    public static final Duration DEFAULT_HOLD_TIME = Duration.ofSeconds(90);

    public RouterConfig {
        listen = List.copyOf(listen);
        peers = List.copyOf(peers);
    }

    /// An address and a TCP port to listen on.
    public record Endpoint(IpAddress address, int port) {}

    /// One peer.
    ///
    /// @param families what the router offers it; never empty
    /// @param passive whether the router waits for the peer to connect
    /// @param port where the router connects to, unless it is passive
    /// @param holdTime 0 or at least 3 seconds
    public record Neighbour(
            IpAddress address,
            Asn asn,
            Set<IpFamily> families,
            boolean passive,
            int port,
            Duration holdTime) {
        public Neighbour {
            families = Set.copyOf(families);
        }
    }
}

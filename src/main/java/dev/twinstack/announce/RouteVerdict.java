package dev.twinstack.announce;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpPrefix;
import java.util.List;

/// Whether one node is to announce one prefix to one peer.
public sealed interface RouteVerdict {

    String node();

    String peer();

    /// It is.
    ///
    /// @param prefix the one that was asked for, or the aggregate that it goes with
    /// @param services whose addresses are behind it, in order
    record Wanted(
            String node,
            String peer,
            IpPrefix prefix,
            RouteAttributes attributes,
            List<ServiceKey> services)
            implements RouteVerdict {
        public Wanted {
            services = List.copyOf(services);
        }
    }

    /// It is not, although the node has a session with the peer.
    ///
    /// @param why in words
    record Unwanted(String node, String peer, String why) implements RouteVerdict {}

    /// The node has no session with the peer.
    record NotSelected(String node, String peer) implements RouteVerdict {

        public String why() {
            return "BGPPeer %s does not select node %s".formatted(peer, node);
        }
    }
}

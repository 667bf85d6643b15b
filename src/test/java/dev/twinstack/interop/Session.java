package dev.twinstack.interop;

import dev.twinstack.bgp.GracefulRestart;
import dev.twinstack.bgp.Password;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.PeerSettingsBuilder;
import dev.twinstack.bgp.Role;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// One session, as both ends are told of it. The node has addresses and prefixes of its own in
/// each, so any number of them go to one router.
///
/// @param node the last part of the node's addresses
/// @param families what the router takes; the node offers both
/// @param hold the hold time both offer
record Session(
        int node,
        IpFamily transport,
        long nodeAsn,
        long routerAsn,
        Set<IpFamily> families,
        Set<Trait> traits,
        Duration hold) {

    static final String PASSWORD = "open-sesame";

    /// Of the router, wherever a session does not say otherwise.
    static final long ROUTER_ASN = 64500;

    /// eBGP, both families, nothing special.
    static Session over(IpFamily transport, int node) {
        return new Session(
                node,
                transport,
                64512,
                ROUTER_ASN,
                EnumSet.allOf(IpFamily.class),
                Set.of(),
                Duration.ofSeconds(9));
    }

    Session between(long nodeAsn, long routerAsn) {
        return new Session(node, transport, nodeAsn, routerAsn, families, traits, hold);
    }

    Session taking(IpFamily family) {
        return new Session(node, transport, nodeAsn, routerAsn, EnumSet.of(family), traits, hold);
    }

    Session with(Trait first, Trait... more) {
        return new Session(
                node, transport, nodeAsn, routerAsn, families, EnumSet.of(first, more), hold);
    }

    Session holding(Duration shorter) {
        return new Session(node, transport, nodeAsn, routerAsn, families, traits, shorter);
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /// The node's end of the connection.
    IpAddress nodeAddress() {
        return nodeAddress(transport);
    }

    IpAddress nodeAddress(IpFamily family) {
        return IpAddress.parse(
                switch (family) {
                    case IPV4 -> "10.66.0." + node;
                    case IPV6 -> "fd66::" + node;
                });
    }

    /// What the node announces, and nobody else.
    IpPrefix prefix(IpFamily family) {
        return IpPrefix.host(
                IpAddress.parse(
                        switch (family) {
                            case IPV4 -> "198.51.100." + node;
                            case IPV6 -> "2001:db8:51::" + node;
                        }));
    }

    /// Both prefixes, with nothing special.
    Map<IpPrefix, RouteAttributes> announcement() {
        return Map.of(
                prefix(IpFamily.IPV4), RouteAttributes.NONE,
                prefix(IpFamily.IPV6), RouteAttributes.NONE);
    }

    /// What the router shall have of a family: prefix and next hop.
    Map<String, Set<String>> routes(IpFamily family) {
        IpAddress nextHop = nodeAddress(has(Trait.EXTENDED_NEXT_HOP) ? IpFamily.IPV6 : family);
        return Map.of(prefix(family).toString(), Set.of(nextHop.toString()));
    }

    /// The node's side.
    ///
    /// @param router the router's address of [#transport]
    PeerSettings settings(String name, String router) {
        PeerSettingsBuilder peer =
                PeerSettings.builder(name, IpAddress.parse(router))
                        .sourceAddress(nodeAddress())
                        .routerId(nodeAddress(IpFamily.IPV4))
                        .localAsn(new Asn(nodeAsn))
                        .peerAsn(PeerAsn.exactly(routerAsn))
                        .holdTime(hold)
                        .connectRetry(Duration.ofSeconds(1))
                        .passive(has(Trait.ROUTER_CALLS))
                        .extendedNextHop(has(Trait.EXTENDED_NEXT_HOP))
                        .nextHop(nodeAddress(IpFamily.IPV6));
        if (!has(Trait.EXTENDED_NEXT_HOP)) {
            peer.nextHop(nodeAddress(IpFamily.IPV4));
        }
        for (Trait trait : traits) {
            switch (trait) {
                case PASSWORD -> peer.password(Password.of(PASSWORD));
                case TTL_SECURITY -> peer.ttlSecurity(1);
                case GRACEFUL_RESTART -> peer.gracefulRestart(GracefulRestart.DEFAULT);
                case ROLES -> peer.role(Role.CUSTOMER);
                case EXTENDED_NEXT_HOP, ROUTER_CALLS, ROUTER_TELLS -> {}
            }
        }
        return peer.build();
    }
}

package dev.twinstack.interop;

import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.PeerSettingsBuilder;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A folder of `docs/routers`: a router of somebody's home or rack, and the nodes it is made for.
///
/// @param router its addresses with their prefix length, that of the sessions first
/// @param nodes addresses of the nodes' end of the session
/// @param nextHops their addresses of the prefix's family
/// @param length of the nodes' prefix on the link
record Scene(
        String folder,
        List<String> router,
        long routerAsn,
        long nodeAsn,
        List<String> nodes,
        List<String> nextHops,
        int length,
        IpPrefix prefix) {

    /// In place of Quagga on OpenWRT.
    static final Scene THREE_NODES =
            new Scene(
                    "three-nodes",
                    List.of("192.168.1.1/24"),
                    65000,
                    65001,
                    List.of("192.168.1.200", "192.168.1.201", "192.168.1.202"),
                    List.of("192.168.1.200", "192.168.1.201", "192.168.1.202"),
                    24,
                    IpPrefix.parse("192.168.254.0/32"));

    /// VyOS.
    static final Scene IPV6_OVER_IPV4 =
            new Scene(
                    "ipv6-over-ipv4",
                    List.of("10.0.0.1/24", "2a0e:8f02:f000:1::1/64"),
                    213127,
                    213127,
                    List.of("10.0.0.2", "10.0.0.3", "10.0.0.4"),
                    List.of("2a0e:8f02:f000:1::2", "2a0e:8f02:f000:1::3", "2a0e:8f02:f000:1::4"),
                    64,
                    IpPrefix.parse("2a0e:8f02:f000:2::/128"));

    /// GoBGP on Debian.
    static final Scene INTERNAL =
            new Scene(
                    "internal",
                    List.of("192.168.2.1/24"),
                    64512,
                    64512,
                    List.of("192.168.2.13", "192.168.2.20"),
                    List.of("192.168.2.13", "192.168.2.20"),
                    24,
                    IpPrefix.parse("192.168.254.6/32"));

    /// The daemon of the node itself, where the speaker's connection comes from 127.0.0.1.
    static final Scene BESIDE_CALICO =
            new Scene(
                    "beside-calico",
                    List.of("127.0.0.1/8"),
                    65000,
                    65480,
                    List.of("127.0.0.1"),
                    List.of("10.99.14.7"),
                    24,
                    IpPrefix.parse("10.99.110.128/32"));

    static final List<Scene> ON_THE_LINK = List.of(THREE_NODES, IPV6_OVER_IPV4, INTERNAL);

    Path config(Daemon daemon) {
        return Path.of("docs", "routers", folder, daemon.file()).toAbsolutePath();
    }

    /// All addresses of the nodes, with their prefix length.
    List<String> nodeAddresses() {
        return nodes.equals(nextHops)
                ? nodes.stream().map(node -> node + "/" + length).toList()
                : Stream.concat(
                                nodes.stream().map(node -> node + "/24"),
                                nextHops.stream().map(node -> node + "/" + length))
                        .toList();
    }

    /// The node's side of its session.
    PeerSettings settings(int node) {
        IpAddress own = IpAddress.parse(nodes.get(node));
        IpAddress router =
                IpAddress.parse(router().getFirst().substring(0, router().getFirst().indexOf('/')));
        PeerSettingsBuilder peer =
                PeerSettings.builder("router", router)
                        .sourceAddress(own)
                        .routerId(IpAddress.parse("192.0.2." + (node + 1)))
                        .localAsn(new Asn(nodeAsn))
                        .peerAsn(PeerAsn.exactly(routerAsn))
                        .nextHop(IpAddress.parse(nextHops.get(node)));
        return peer.build();
    }

    @Override
    public String toString() {
        return folder;
    }
}

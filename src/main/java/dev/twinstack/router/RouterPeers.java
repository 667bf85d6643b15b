package dev.twinstack.router;

import dev.twinstack.bgp.Password;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.RouterSettings.DynamicPeers;
import dev.twinstack.bgp.RouterSettings.Peer;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads who may talk to the router.
final class RouterPeers {

    static final Set<String> PEER_KEYS =
            Set.of("address", "asn", "families", "passive", "port", "password", "bfd");

    private static final Set<String> DYNAMIC_KEYS = Set.of("from", "asn", "families");

    private RouterPeers() {}

    static List<Peer> listed(YamlObject root) throws RouterConfigException {
        List<Peer> peers = new ArrayList<>();
        Set<IpAddress> seen = new HashSet<>();
        for (YamlObject entry : root.objects("peers", PEER_KEYS)) {
            IpAddress address = entry.address("address");
            if (!seen.add(address)) {
                throw new RouterConfigException(
                        entry.path("address"), address + " stands there twice");
            }
            peers.add(
                    new Peer(
                            address,
                            (int) entry.number("port", 1, 65535, PeerSettings.BGP_PORT),
                            peerAsn(entry),
                            families(entry),
                            entry.flag("passive", true),
                            password(entry)));
        }
        return peers;
    }

    static List<DynamicPeers> dynamic(YamlObject root) throws RouterConfigException {
        List<DynamicPeers> ranges = new ArrayList<>();
        for (YamlObject entry : root.objects("dynamicPeers", DYNAMIC_KEYS)) {
            ranges.add(new DynamicPeers(prefix(entry), peerAsn(entry), families(entry)));
        }
        return ranges;
    }

    private static PeerAsn peerAsn(YamlObject entry) throws RouterConfigException {
        if (entry.isText("asn")) {
            return switch (entry.text("asn")) {
                case "internal" -> new PeerAsn.Internal();
                case "external" -> new PeerAsn.External();
                default ->
                        throw new RouterConfigException(
                                entry.path("asn"), "expected a number, internal or external");
            };
        }
        return new PeerAsn.Exactly(entry.asn("asn"));
    }

    private static Set<IpFamily> families(YamlObject entry) throws RouterConfigException {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        for (String text : entry.texts("families")) {
            switch (text.toLowerCase(Locale.ROOT)) {
                case "ipv4" -> families.add(IpFamily.IPV4);
                case "ipv6" -> families.add(IpFamily.IPV6);
                default ->
                        throw new RouterConfigException(
                                entry.path("families"), "expected ipv4 or ipv6, not " + text);
            }
        }
        return families.isEmpty() ? EnumSet.allOf(IpFamily.class) : families;
    }

    private static IpPrefix prefix(YamlObject entry) throws RouterConfigException {
        try {
            return IpPrefix.parse(entry.text("from"));
        } catch (IllegalArgumentException e) {
            throw new RouterConfigException(entry.path("from"), String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Password> password(YamlObject entry) throws RouterConfigException {
        if (!entry.has("password")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Password.of(entry.text("password")));
        } catch (IllegalArgumentException e) {
            throw new RouterConfigException(entry.path("password"), String.valueOf(e.getMessage()));
        }
    }
}

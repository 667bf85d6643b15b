package dev.twinstack.operator.speaker;

import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.bgp.PeerSettingsBuilder;
import dev.twinstack.config.Peer;
import dev.twinstack.config.PeerRules;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a PeerPolicy changes in a session's settings, and where the node listens for it.
final class PeerRulesSetup {

    private PeerRulesSetup() {}

    static void apply(PeerRules rules, PeerSettingsBuilder builder) {
        if (!rules.families().isEmpty()) {
            builder.families(rules.families());
        }
        builder.extendedNextHop(rules.extendedNextHop()).passive(rules.passive());
        rules.ttlSecurity().ifPresent(builder::ttlSecurity);
        rules.role().ifPresent(builder::role);
        rules.prefixLimit().ifPresent(builder::prefixLimit);
        rules.acceptFrom().ifPresent(builder::acceptFrom);
        rules.gracefulRestart().ifPresent(builder::gracefulRestart);
        rules.export().ownNextHops().values().forEach(builder::ownNextHop);
        rules.export().med().ifPresent(builder::med);
        builder.prepend(rules.export().prepend())
                .gracefulShutdown(rules.export().gracefulShutdown())
                .drainTime(rules.export().drainTime().orElse(null));
    }

    /// All addresses of the peer's family, or the one it is to be connected from, and all of the
    /// families that others may call from.
    static Set<ListenAddress> listening(List<Peer> peers) {
        Set<ListenAddress> addresses = new LinkedHashSet<>();
        for (Peer peer : peers) {
            peer.rules()
                    .listenPort()
                    .ifPresent(port ->
                            own(peer)
                                    .forEach(address ->
                                            addresses.add(new ListenAddress(address, port))));
        }
        return addresses;
    }

    private static Set<IpAddress> own(Peer peer) {
        Set<IpAddress> own = new LinkedHashSet<>();
        peer.rules()
                .acceptFrom()
                .ifPresent(others ->
                        others.prefixes().forEach(prefix -> own.add(any(prefix.family()))));
        peer.address()
                .map(address -> peer.sourceAddress().orElseGet(() -> any(address.family())))
                .filter(address -> !own.contains(any(address.family())))
                .ifPresent(own::add);
        return own;
    }

    private static IpAddress any(IpFamily family) {
        return switch (family) {
            case IPV4 -> IpAddress.parse("0.0.0.0");
            case IPV6 -> IpAddress.parse("::");
        };
    }
}

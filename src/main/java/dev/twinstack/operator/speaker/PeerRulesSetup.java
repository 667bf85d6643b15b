package dev.twinstack.operator.speaker;

import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.bgp.PeerSettingsBuilder;
import dev.twinstack.config.Peer;
import dev.twinstack.config.PeerRules;
import dev.twinstack.net.IpAddress;
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
        rules.gracefulRestart().ifPresent(builder::gracefulRestart);
        rules.export().ownNextHops().values().forEach(builder::ownNextHop);
        rules.export().med().ifPresent(builder::med);
        builder.prepend(rules.export().prepend())
                .gracefulShutdown(rules.export().gracefulShutdown())
                .drainTime(rules.export().drainTime().orElse(null));
    }

    /// All addresses of the peer's family, or the one it is to be connected from.
    static Set<ListenAddress> listening(List<Peer> peers) {
        Set<ListenAddress> addresses = new LinkedHashSet<>();
        for (Peer peer : peers) {
            peer.address()
                    .map(address -> peer.sourceAddress().orElseGet(() -> any(address)))
                    .ifPresent(address ->
                            peer.rules()
                                    .listenPort()
                                    .ifPresent(port ->
                                            addresses.add(new ListenAddress(address, port))));
        }
        return addresses;
    }

    private static IpAddress any(IpAddress like) {
        return switch (like.family()) {
            case IPV4 -> IpAddress.parse("0.0.0.0");
            case IPV6 -> IpAddress.parse("::");
        };
    }
}

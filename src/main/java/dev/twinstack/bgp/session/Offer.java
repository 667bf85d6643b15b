package dev.twinstack.bgp.session;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.wire.Capability;
import dev.twinstack.bgp.wire.CapabilityList;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.OpenMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the next OPEN says beyond the settings: whether we come back from a restart, and what is
/// left out because the peer refused it.
///
/// @param refused capabilities that the peer answered with 2/7
/// @param bare whether the peer refused optional parameters as such (2/4)
record Offer(Restart restart, Set<Capability> refused, boolean bare) {

    Offer {
        refused = Set.copyOf(refused);
    }

    static Offer full(Restart restart) {
        return new Offer(restart, Set.of(), false);
    }

    /// The session came up: what comes from now on is no restart (RFC 4724 section 4.1).
    Offer established() {
        return new Offer(new Restart(false, restart.hostUptime()), refused, bare);
    }

    /// A session that stood has ended: the peer may have learnt something meanwhile.
    Offer complete() {
        return full(restart);
    }

    /// Without what the peer refused. As before if it refused nothing that can be left out: of the
    /// families at least one must remain, and an AS number of four octets needs its capability.
    Offer without(NotificationMessage refusal, PeerSettings settings) {
        OpenMessage present = LocalOpen.of(settings, this);
        Offer smaller = this;
        if (refusal.error().equals(ErrorCode.UNSUPPORTED_OPTIONAL_PARAMETER)) {
            smaller = new Offer(restart, refused, true);
        } else if (refusal.error().equals(ErrorCode.UNSUPPORTED_CAPABILITY)) {
            smaller = new Offer(restart, union(refused, named(refusal, present)), bare);
        }
        return LocalOpen.isUsable(settings, smaller) ? smaller : this;
    }

    private static List<Capability> named(NotificationMessage refusal, OpenMessage present) {
        return CapabilityList.of(refusal).stream()
                .filter(present.capabilities()::contains)
                .toList();
    }

    private static Set<Capability> union(Set<Capability> some, List<Capability> more) {
        Set<Capability> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}

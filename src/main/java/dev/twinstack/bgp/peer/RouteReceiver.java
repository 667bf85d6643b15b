package dev.twinstack.bgp.peer;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.rib.RouteSink;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.AttributeFault;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.Optional;

/// What one peer announces: handed on, counted against its limit, and malformed attributes said
/// once of each kind. Not thread-safe.
final class RouteReceiver {

    private final RouteSink sink;
    private final History history;
    private final PrefixCount prefixes;
    private final KnownFaults knownFaults = new KnownFaults();

    RouteReceiver(RouteSink sink, History history, PeerSettings settings) {
        this.sink = sink;
        this.history = history;
        this.prefixes = new PrefixCount(settings.prefixLimit());
    }

    void up(Negotiated negotiated, Optional<IpAddress> local) {
        knownFaults.clear();
        sink.up(negotiated, local);
    }

    void down() {
        prefixes.clear();
        sink.down();
    }

    /// @return whether the peer has announced more than it may now
    boolean received(UpdateMessage update) {
        sink.received(update);
        return prefixes.isTooMuch(update);
    }

    /// An UPDATE could be kept from harm (RFC 7606).
    void repaired(PeerSettings settings, List<AttributeFault> faults) {
        history.repaired();
        PeerLog.repaired(settings, faults, knownFaults.isNews(faults));
    }
}

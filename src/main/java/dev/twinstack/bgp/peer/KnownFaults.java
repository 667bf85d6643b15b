package dev.twinstack.bgp.peer;

import dev.twinstack.bgp.wire.AttributeFault;
import dev.twinstack.bgp.wire.AttributeFault.Reaction;
import dev.twinstack.bgp.wire.AttributeType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which kinds of malformed attributes a session has brought already: a peer that repeats one with
/// every UPDATE must not fill the log.
final class KnownFaults {

    private record Kind(AttributeType type, Reaction reaction) {}

    private final Set<Kind> known = new HashSet<>();

    /// @return whether one of them is of a kind that this session did not have before
    boolean isNews(List<AttributeFault> faults) {
        boolean news = false;
        for (AttributeFault fault : faults) {
            news |= known.add(new Kind(fault.type(), fault.reaction()));
        }
        return news;
    }

    /// A new session begins.
    void clear() {
        known.clear();
    }
}

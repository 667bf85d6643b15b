package dev.twinstack.bgp.peer;

import dev.twinstack.bgp.SessionCounters;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.MpReach;
import dev.twinstack.bgp.wire.MpUnreach;
import dev.twinstack.bgp.wire.UpdateMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a session has been through since its peer was added: messages, the last OPEN, the last
/// error.
final class History {

    private final Tally sent = new Tally();
    private final Tally received = new Tally();
    private Optional<Negotiated> lastNegotiated = Optional.empty();
    private @Nullable String lastError;
    private long established;
    private long prefixesSent;
    private long malformedUpdates;

    void sent(BgpMessage message) {
        sent.count(message);
        if (message instanceof UpdateMessage update) {
            prefixesSent += prefixes(update);
        }
    }

    void received(BgpMessage message) {
        received.count(message);
    }

    void repaired() {
        malformedUpdates++;
    }

    void established(Negotiated negotiated) {
        established++;
        lastNegotiated = Optional.of(negotiated);
    }

    /// @return whether that is news: the error before was another one
    boolean failed(String reason) {
        boolean isNew = !reason.equals(lastError);
        lastError = reason;
        return isNew;
    }

    Optional<Negotiated> lastNegotiated() {
        return lastNegotiated;
    }

    Optional<String> lastError() {
        return Optional.ofNullable(lastError);
    }

    SessionCounters counters() {
        return new SessionCounters(
                sent.snapshot(), received.snapshot(), established, prefixesSent, malformedUpdates);
    }

    private static int prefixes(UpdateMessage update) {
        return update.withdrawn().size()
                + update.announced().size()
                + update.attribute(MpReach.class).map(reach -> reach.nlri().size()).orElse(0)
                + update.attribute(MpUnreach.class)
                        .map(unreach -> unreach.withdrawn().size())
                        .orElse(0);
    }
}

package dev.twinstack.bgp.peer;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.rib.AdjRibOut;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.BgpEncoder;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.WireOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one peer is sent: single messages, and the routes of an established session as fast as the
/// peer reads. Not thread-safe.
final class RouteSender {

    /// Prefixes per pull from the RIB. Many, because the last message of each pull is seldom full;
    /// still no more than 340 KiB in the socket's queue.
    private static final int BATCH = 20_000;

    private static final int FIRST_BUFFER = 256;

    /// An established session.
    private record Session(Link link, Negotiated negotiated) {}

    private final AdjRibOut ribOut;
    private final Network network;
    private final History history;
    private final InstantSource clock;
    private final SendHold sendHold = new SendHold();
    private @Nullable Session session;

    RouteSender(AdjRibOut ribOut, Network network, History history, InstantSource clock) {
        this.ribOut = ribOut;
        this.network = network;
        this.history = history;
        this.clock = clock;
    }

    void up(Link link, Negotiated negotiated, PeerSettings settings) {
        session = new Session(link, negotiated);
        ribOut.up(negotiated, settings, network.localAddress(link));
    }

    void down() {
        session = null;
        sendHold.stop();
        ribOut.down();
    }

    /// Says something else with the routes from now on.
    void change(PeerSettings settings) {
        Session present = session;
        if (present != null) {
            ribOut.change(present.negotiated, settings, network.localAddress(present.link));
        }
    }

    /// Takes back all routes until the next [#change]; they stay wanted.
    void suspend(String because) {
        ribOut.suspend(because);
    }

    /// Whether the peer has, or is about to get, any route of ours.
    boolean hasRoutes() {
        return ribOut.status().values().stream()
                .anyMatch(family -> family.announced() > 0 || family.pending() > 0);
    }

    /// The peer wants routes again (RFC 2918), between brackets if that was agreed (RFC 7313).
    void refresh(RouteRefreshMessage request) {
        Session present = session;
        if (present != null && request.subtype() == RouteRefreshMessage.REQUEST) {
            boolean inBrackets = present.negotiated.wire().enhancedRefresh();
            request.family().ipFamily().ifPresent(family -> ribOut.refresh(family, inBrackets));
        }
    }

    /// Sends what is pending, as far as the session takes it now.
    void sendRoutes() {
        Session present = session;
        if (present == null) {
            return;
        }
        Link link = present.link;
        boolean wrote = false;
        while (network.isWritable(link) && ribOut.hasPending()) {
            for (BgpMessage message : ribOut.take(BATCH)) {
                write(link, message, present.negotiated.wire());
            }
            wrote = true;
        }
        if (wrote) {
            network.flush(link);
        }
        sendHold.look(network.isWritable(link), clock.instant());
    }

    void send(Link link, BgpMessage message, WireOptions options) {
        write(link, message, options);
        network.flush(link);
    }

    /// The connection of the established session.
    Optional<Link> link() {
        return Optional.ofNullable(session).map(Session::link);
    }

    /// When a peer that does not read is given up; empty while it reads.
    Optional<Instant> deadline() {
        return sendHold.deadline(holdTime());
    }

    /// The connection to give up, if the peer has not read for too long.
    Optional<Link> stuck() {
        Instant now = clock.instant();
        return deadline().filter(due -> !now.isBefore(due)).flatMap(_ -> link());
    }

    /// How long [#stuck] waits.
    Duration patience() {
        return SendHold.time(holdTime());
    }

    private Duration holdTime() {
        Session present = session;
        return present == null ? Duration.ZERO : present.negotiated.holdTime();
    }

    private void write(Link link, BgpMessage message, WireOptions options) {
        ByteBuf out = Unpooled.buffer(FIRST_BUFFER);
        BgpEncoder.encode(message, out, options);
        history.sent(message);
        network.write(link, out);
    }
}

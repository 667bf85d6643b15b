package dev.twinstack.bgp;

import dev.twinstack.bgp.peer.DrainTime;
import dev.twinstack.bgp.peer.PeerSession;
import dev.twinstack.bgp.transport.PeerHost;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.NotificationMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Whether a speaker's whole node is drained, and what follows for each of its sessions. Methods
/// are called on the loop's thread but for [#awaitLeave].
final class NodeDrain {

    /// At most so long a speaker that stops waits for drain times.
    private static final Duration LONGEST_LEAVE = Duration.ofSeconds(25);

    private static final DrainTime LEAVING = new DrainTime(Duration.ZERO, LONGEST_LEAVE);

    /// Routers find other ways within this.
    private static final DrainTime DRAINING =
            new DrainTime(Duration.ofSeconds(10), ExportPolicy.MAX_DRAIN_TIME);

    private static final Duration SOME_MORE = Duration.ofSeconds(2);

    private final PeerHost host;
    private @Nullable NotificationMessage farewell;

    NodeDrain(PeerHost host) {
        this.host = host;
    }

    boolean isInForce() {
        return farewell != null;
    }

    /// @param why told to the peers (RFC 9003)
    void begin(String why) {
        if (farewell == null) {
            farewell =
                    NotificationMessage.withCommunication(ErrorCode.ADMINISTRATIVE_SHUTDOWN, why);
            eachSession(this::start);
        }
    }

    void undo() {
        if (farewell != null) {
            farewell = null;
            eachSession(PeerSession::undrain);
        }
    }

    /// Starts a session, or drains it if that is what sessions are in for.
    void start(PeerSession session) {
        NotificationMessage present = farewell;
        if (present == null) {
            session.start();
        } else {
            session.drain(present, DRAINING, () -> {});
        }
    }

    /// Ends a session that is to come back. Of a drained node no peer keeps routes.
    void end(PeerSession session, NotificationMessage because) {
        if (farewell == null) {
            session.leave(because);
        } else {
            session.stop(because);
        }
    }

    /// Drains these sessions for the end of the process, and waits for it.
    void awaitLeave(Predicate<PeerSession> which, NotificationMessage because) {
        CountDownLatch left = host.call(() -> leave(which, because));
        Duration limit = LONGEST_LEAVE.plus(SOME_MORE);
        try {
            boolean _ = left.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CountDownLatch leave(Predicate<PeerSession> which, NotificationMessage because) {
        List<String> leaving =
                host.sessions().stream()
                        .filter(PeerSession::isEstablished)
                        .filter(which)
                        .map(session -> session.settings().name())
                        .toList();
        CountDownLatch left = new CountDownLatch(leaving.size());
        leaving.forEach(peer ->
                host.withSession(
                        peer, session -> session.drain(because, LEAVING, left::countDown)));
        return left;
    }

    private void eachSession(Consumer<PeerSession> work) {
        host.sessions().forEach(session -> host.withSession(session.settings().name(), work));
    }
}

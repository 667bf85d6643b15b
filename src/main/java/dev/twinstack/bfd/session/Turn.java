package dev.twinstack.bfd.session;

import dev.twinstack.bfd.BfdDown;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bfd.BfdState;
import dev.twinstack.bfd.wire.ControlPacket;
import dev.twinstack.bfd.wire.Diagnostic;
import dev.twinstack.bfd.wire.EchoPacket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The work on one event: a scratch copy of the session that lives for one call of [SessionFsm#on].
final class Turn {

    private final Instant now;
    private final List<SessionAction> actions = new ArrayList<>();
    private Local local;
    private BfdState state;
    private Diagnostic diagnostic;
    private Remote remote;
    private Intervals intervals;
    private boolean polling;
    private @Nullable Instant heard;
    private @Nullable Instant sendAt;
    private Echo echo;
    private Sequences sequences;

    Turn(SessionFsm before, Instant now) {
        this.now = now;
        this.local = before.local();
        this.state = before.state();
        this.diagnostic = before.diagnostic();
        this.remote = before.remote();
        this.intervals = before.intervals();
        this.polling = before.polling();
        this.heard = before.heard();
        this.sendAt = before.sendAt();
        this.echo = before.echo();
        this.sequences = before.sequences();
    }

    Step step() {
        return new Step(session(), actions);
    }

    void start() {
        sendAt = now;
        tick();
    }

    void stop() {
        if (state == BfdState.ADMIN_DOWN) {
            return;
        }
        leave(
                BfdState.ADMIN_DOWN,
                Diagnostic.ADMINISTRATIVELY_DOWN,
                new BfdDown(BfdDown.Cause.LOCAL_ADMIN, "we keep the BFD session down"));
        adapt();
        sendNow();
    }

    void reconfigured(BfdSettings settings) {
        local = local.with(settings);
        adapt();
    }

    void tick() {
        if (isDue(session().silenceDeadline())) {
            silence();
        } else if (isDue(session().echoDeadline())) {
            leave(
                    BfdState.DOWN,
                    Diagnostic.ECHO_FAILED,
                    new BfdDown(
                            BfdDown.Cause.PATH,
                            "no BFD echo came back for " + text(session().echoTime())));
            adapt();
            sendNow();
        }
        if (isDue(session().sendDeadline())) {
            send(false);
            sendAt = now.plus(local.jittered(session().transmitInterval()));
        }
        if (isDue(Optional.ofNullable(echo.sendAt()))) {
            sendEcho();
        }
    }

    void received(ControlPacket packet) {
        Optional<String> fault = sequences.fault(packet, local.settings().key(), now);
        if (fault.isPresent()) {
            actions.add(new SessionAction.Discard(fault.get()));
            return;
        }
        remote = Remote.of(packet);
        if (packet.isFinal() && polling) {
            polling = false;
            intervals = intervals.settled();
        }
        Duration detection = session().detectionTime().orElse(Duration.ZERO);
        sequences = sequences.accepted(packet, now.plus(detection.multipliedBy(2)));
        if (state == BfdState.ADMIN_DOWN) {
            actions.add(new SessionAction.Discard("we keep the session down"));
            return;
        }
        heard = now;
        BfdState before = state;
        move(packet);
        boolean isNews = adapt() || before != state;
        if (packet.poll()) {
            send(true);
        } else if (isNews) {
            sendNow();
        }
    }

    void echoed(EchoPacket packet) {
        if (echo.isOn() && packet.cookie() == local.cookie()) {
            echo = new Echo(echo.sendAt(), now, echo.sequence());
        } else {
            actions.add(new SessionAction.Discard("an echo that nobody waits for"));
        }
    }

    /// RFC 5880 section 6.8.6, from "If received state is AdminDown".
    private void move(ControlPacket packet) {
        switch (packet.state()) {
            case ADMIN_DOWN -> {
                if (state != BfdState.DOWN) {
                    leave(
                            BfdState.DOWN,
                            Diagnostic.NEIGHBOR_SIGNALED_DOWN,
                            new BfdDown(
                                    BfdDown.Cause.PEER_ADMIN,
                                    "the peer keeps the BFD session down on purpose (AdminDown)"));
                }
            }
            case DOWN -> {
                if (state == BfdState.DOWN) {
                    state = BfdState.INIT;
                } else if (state == BfdState.UP) {
                    leave(
                            BfdState.DOWN,
                            Diagnostic.NEIGHBOR_SIGNALED_DOWN,
                            new BfdDown(
                                    BfdDown.Cause.PEER,
                                    "the peer says its BFD session is down (%s)"
                                            .formatted(packet.diagnostic())));
                }
            }
            case INIT -> {
                if (state != BfdState.UP) {
                    comeUp();
                }
            }
            case UP -> {
                if (state == BfdState.INIT) {
                    comeUp();
                }
            }
        }
    }

    private void comeUp() {
        state = BfdState.UP;
        diagnostic = Diagnostic.NONE;
        actions.add(new SessionAction.Up());
    }

    /// The peer is silent: it is unknown again, and who came up with it goes down.
    private void silence() {
        Duration time = session().detectionTime().orElse(Duration.ZERO);
        String reason =
                "no BFD packet from the peer for %s (%d x %s)"
                        .formatted(
                                text(time),
                                remote.multiplier(),
                                text(time.dividedBy(Math.max(1, remote.multiplier()))));
        remote = Remote.UNKNOWN;
        heard = null;
        if (state == BfdState.INIT || state == BfdState.UP) {
            leave(
                    BfdState.DOWN,
                    Diagnostic.DETECTION_TIME_EXPIRED,
                    new BfdDown(BfdDown.Cause.PATH, reason));
        }
        adapt();
        sendNow();
    }

    private void leave(BfdState next, Diagnostic why, BfdDown down) {
        if (state == BfdState.UP) {
            actions.add(new SessionAction.Down(down));
        }
        state = next;
        diagnostic = why;
    }

    /// Makes intervals, Poll, echo and the next packet's time fit what state, settings and peer are
    /// now.
    ///
    /// @return whether we have something else to say than before
    private boolean adapt() {
        if (session().mayEcho() != echo.isOn()) {
            echo = echo.isOn() ? Echo.OFF : new Echo(now, now, echo.sequence());
        }
        boolean isUp = state == BfdState.UP;
        Duration tx = local.desiredMinTx(isUp);
        Duration rx = local.requiredMinRx(echo.isOn());
        boolean isNews = !intervals.says(tx, rx);
        if (isNews) {
            intervals = isUp ? intervals.say(tx, rx) : Intervals.of(tx, rx);
        }
        polling = isUp && (polling || isNews);
        Instant due = sendAt;
        Duration interval = session().transmitInterval();
        if (due != null && !interval.isZero()) {
            if (due.isAfter(now.plus(interval))) {
                sendAt = now.plus(local.jittered(interval));
            } else if (due.isBefore(now)) {
                sendAt = now;
            }
        }
        return isNews;
    }

    /// A change is told at once (RFC 5880 section 6.8.7), by those who send at all.
    private void sendNow() {
        if (session().sendDeadline().isPresent()) {
            send(false);
            sendAt = now.plus(local.jittered(session().transmitInterval()));
        }
    }

    private void send(boolean isFinal) {
        ControlPacket packet =
                new ControlPacket(
                        diagnostic,
                        state,
                        polling && !isFinal,
                        isFinal,
                        false,
                        false,
                        local.settings().detectMultiplier(),
                        local.discriminator(),
                        remote.discriminator(),
                        intervals.saidTx(),
                        intervals.saidRx(),
                        local.settings().echo().orElse(Duration.ZERO),
                        Optional.empty());
        actions.add(new SessionAction.Send(sequences.sign(packet, local.settings().key())));
        sequences = sequences.next();
    }

    private void sendEcho() {
        actions.add(
                new SessionAction.SendEcho(
                        new EchoPacket(local.discriminator(), local.cookie(), echo.sequence())));
        echo =
                new Echo(
                        now.plus(local.jittered(session().echoInterval())),
                        echo.returned(),
                        echo.sequence() + 1);
    }

    private boolean isDue(Optional<Instant> deadline) {
        return deadline.isPresent() && !now.isBefore(deadline.get());
    }

    private SessionFsm session() {
        return new SessionFsm(
                local,
                state,
                diagnostic,
                remote,
                intervals,
                polling,
                heard,
                sendAt,
                echo,
                sequences);
    }

    private static String text(Duration time) {
        return time.toMillis() >= 10_000 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}

package dev.twinstack.bfd.session;

import static java.util.Objects.requireNonNull;

import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bfd.BfdState;
import dev.twinstack.bfd.wire.Diagnostic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The session with one peer at one moment: a value. [#on] gives the next one.
///
/// @param diagnostic why it went down last
/// @param polling whether a Poll waits for its Final
/// @param heard when the last packet came; null: none for the detection time
/// @param sendAt when the next periodic packet is due; null: not started
public record SessionFsm(
        Local local,
        BfdState state,
        Diagnostic diagnostic,
        Remote remote,
        Intervals intervals,
        boolean polling,
        @Nullable Instant heard,
        @Nullable Instant sendAt,
        Echo echo,
        Sequences sequences) {

    public SessionFsm {
        requireNonNull(local, "local");
        requireNonNull(state, "state");
    }

    /// A session that was not started yet.
    ///
    /// @param discriminator our number of it, not 0 and nobody else's
    /// @param random for jitter, echo cookies and the first sequence number
    public static SessionFsm of(BfdSettings settings, int discriminator, RandomGenerator random) {
        Local local = new Local(settings, discriminator, random.nextLong(), random);
        return new SessionFsm(
                local,
                BfdState.DOWN,
                Diagnostic.NONE,
                Remote.UNKNOWN,
                Intervals.of(local.desiredMinTx(false), local.requiredMinRx(false)),
                false,
                null,
                null,
                Echo.OFF,
                Sequences.from(random.nextInt()));
    }

    /// What `event` makes of the session.
    public Step on(SessionEvent event, Instant now) {
        Turn turn = new Turn(this, now);
        switch (event) {
            case SessionEvent.Start _ -> turn.start();
            case SessionEvent.Tick _ -> turn.tick();
            case SessionEvent.Received(var packet) -> turn.received(packet);
            case SessionEvent.Echoed(var packet) -> turn.echoed(packet);
            case SessionEvent.Reconfigured(var settings) -> turn.reconfigured(settings);
            case SessionEvent.Stop _ -> turn.stop();
        }
        return turn.step();
    }

    /// When [SessionEvent.Tick] is due next; empty: never.
    public Optional<Instant> nextDeadline() {
        return Stream.of(
                        sendDeadline(),
                        silenceDeadline(),
                        Optional.ofNullable(echo.sendAt()),
                        echoDeadline())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /// What we send at, before jitter; zero while the peer wants nothing (RFC 5880 section 6.8.7).
    public Duration transmitInterval() {
        return isSending()
                ? Local.longer(intervals.usedTx(), remote.requiredMinRx())
                : Duration.ZERO;
    }

    /// After so long a silence the session ends (RFC 5880 section 6.8.4); empty while the peer is
    /// not known.
    public Optional<Duration> detectionTime() {
        return remote.isKnown()
                ? Optional.of(
                        Local.longer(intervals.usedRx(), remote.desiredMinTx())
                                .multipliedBy(remote.multiplier()))
                : Optional.empty();
    }

    public BfdSettings settings() {
        return local.settings();
    }

    public int discriminator() {
        return local.discriminator();
    }

    public BfdState remoteState() {
        return remote.state();
    }

    public boolean isEchoing() {
        return echo.isOn();
    }

    /// Whether periodic control packets are sent: started, not silent as a passive one, not told to
    /// be so by the peer's demand mode or interval.
    private boolean isSending() {
        boolean isWaiting = settings().passive() && !remote.isKnown();
        boolean isDemanded =
                remote.demand() && state == BfdState.UP && remote.state() == BfdState.UP;
        return sendAt != null
                && !isWaiting
                && !(isDemanded && !polling)
                && !remote.requiredMinRx().isZero();
    }

    Optional<Instant> sendDeadline() {
        return isSending() ? Optional.ofNullable(sendAt) : Optional.empty();
    }

    Optional<Instant> silenceDeadline() {
        Instant last = heard;
        return last == null ? Optional.empty() : detectionTime().map(last::plus);
    }

    Optional<Instant> echoDeadline() {
        return echo.isOn() ? Optional.of(echo.returned().plus(echoTime())) : Optional.empty();
    }

    /// After so long without an echo the session ends.
    Duration echoTime() {
        return echoInterval().multipliedBy(settings().detectMultiplier());
    }

    Duration echoInterval() {
        return Local.longer(settings().echo().orElse(Duration.ZERO), remote.requiredMinEchoRx());
    }

    /// Whether echo packets can be sent now.
    boolean mayEcho() {
        return state == BfdState.UP
                && settings().echo().isPresent()
                && !remote.requiredMinEchoRx().isZero();
    }
}

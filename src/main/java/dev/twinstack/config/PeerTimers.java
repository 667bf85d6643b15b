package dev.twinstack.config;

import dev.twinstack.config.Peer.Timers;
import dev.twinstack.crd.BGPPeerSpec;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The timers of a BGPPeer. Parts of a second are cut, as in MetalLB; one timer alone sets the
/// other, a third of the hold time being the measure.
final class PeerTimers {

    private static final Duration DEFAULT_HOLD = Duration.ofSeconds(90);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final long MAX_SECONDS = 65535;

    private final Problems problems;

    PeerTimers(Problems problems) {
        this.problems = problems;
    }

    Timers read(BGPPeerSpec spec) {
        Optional<Duration> hold = duration("spec.holdTime", spec.holdTime());
        Optional<Duration> keepalive = duration("spec.keepaliveTime", spec.keepaliveTime());
        Duration wanted =
                hold.or(() -> keepalive.map(time -> time.multipliedBy(3))).orElse(DEFAULT_HOLD);
        long seconds = wanted.toSeconds();
        if (seconds != 0 && (seconds < 3 || seconds > MAX_SECONDS)) {
            problems.invalid(
                    hold.isPresent() ? "spec.holdTime" : "spec.keepaliveTime",
                    "a hold time of %d seconds: must be 0, or 3 to %d"
                            .formatted(seconds, MAX_SECONDS));
        }
        if (keepalive.isPresent() && keepalive.get().compareTo(wanted) > 0) {
            problems.invalid(
                    "spec.keepaliveTime",
                    "%s is longer than the hold time %s"
                            .formatted(spec.keepaliveTime(), spec.holdTime()));
        }
        return new Timers(
                Duration.ofSeconds(seconds),
                seconds == 0 ? Optional.empty() : keepalive.flatMap(PeerTimers::wholeSeconds),
                connect(spec.connectTime()));
    }

    /// 0 is no time between keepalives at all: it counts as not written.
    private static Optional<Duration> wholeSeconds(Duration keepalive) {
        if (keepalive.isZero()) {
            return Optional.empty();
        }
        Duration cut = Duration.ofSeconds(keepalive.toSeconds());
        return Optional.of(cut.compareTo(ONE_SECOND) < 0 ? ONE_SECOND : cut);
    }

    private Optional<Duration> connect(@Nullable String written) {
        Optional<Duration> connect = duration("spec.connectTime", written);
        connect.ifPresent(time -> {
            boolean whole = Duration.ofSeconds(time.toSeconds()).equals(time);
            if (!whole || time.toSeconds() < 1 || time.toSeconds() > MAX_SECONDS) {
                problems.invalid(
                        "spec.connectTime",
                        "%s is not a whole number of seconds in 1..%d"
                                .formatted(written, MAX_SECONDS));
            }
        });
        return connect;
    }

    private Optional<Duration> duration(String path, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> duration = problems.read(path, () -> GoDuration.parse(text));
        if (duration.isPresent() && duration.get().isNegative()) {
            problems.invalid(path, "%s is negative".formatted(text));
            return Optional.empty();
        }
        return duration;
    }
}

package dev.twinstack.bgp.peer;

import dev.twinstack.bgp.DrainState;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.wire.NotificationMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes the steps of a [Drain] of one session: what is said with its routes goes through here.
final class Draining {

    private final RouteSender sender;
    private final InstantSource clock;
    private final Consumer<NotificationMessage> stop;
    private @Nullable Drain drain;

    /// @param stop ends the session for good
    Draining(RouteSender sender, InstantSource clock, Consumer<NotificationMessage> stop) {
        this.sender = sender;
        this.clock = clock;
        this.stop = stop;
    }

    /// See [PeerSession#drain].
    void begin(
            PeerSettings settings, NotificationMessage farewell, DrainTime limits, Runnable done) {
        Instant now = clock.instant();
        Drain present = drain;
        if (present != null && !present.hasEnded()) {
            drain = present.hastened(now.plus(limits.atMost()), done);
            return;
        }
        Duration time = limits.of(settings.export());
        if (sender.link().isEmpty() || !sender.hasRoutes()) {
            end(Drain.withdrawn(now, farewell, done));
        } else if (time.isZero()) {
            withdraw(Drain.withdrawn(now, farewell, done));
        } else {
            drain = Drain.marked(now.plus(time), farewell, done);
            change(settings);
        }
    }

    /// The routes are wanted unmarked again.
    ///
    /// @return whether the session was ended, and is to be started
    boolean undo(PeerSettings settings) {
        Drain former = drain;
        if (former == null) {
            return false;
        }
        drain = null;
        former.done().run();
        change(settings);
        return former.hasEnded();
    }

    /// Says with the routes what the settings ask for, marked while that is due; not while they are
    /// withdrawn.
    void change(PeerSettings settings) {
        Drain present = drain;
        if (present == null) {
            sender.change(settings);
        } else if (present.isMarked()) {
            sender.change(settings.with(settings.export().withGracefulShutdown(true)));
        }
    }

    /// The time of [#deadline] may have come.
    void tick() {
        Drain present = drain;
        if (present == null || !present.isDue(clock.instant())) {
            return;
        }
        switch (present.step()) {
            case MARKED -> withdraw(present.withdrawn(clock.instant()));
            case WITHDRAWN -> end(present);
            case ENDED -> {}
        }
    }

    /// Without a session nothing is left to be taken away.
    void look() {
        Drain present = drain;
        if (present != null && !present.hasEnded() && sender.link().isEmpty()) {
            end(present);
        }
    }

    Optional<Instant> deadline() {
        return Optional.ofNullable(drain).flatMap(Drain::until);
    }

    DrainState state() {
        return drain == null ? DrainState.NONE : drain.state();
    }

    /// Why the session is not there, if this is why.
    Optional<String> reason() {
        return Optional.ofNullable(drain).filter(Drain::hasEnded).map(Drain::reason);
    }

    private void withdraw(Drain next) {
        drain = next;
        sender.suspend(next.reason());
        sender.sendRoutes();
    }

    private void end(Drain last) {
        drain = last.ended();
        stop.accept(last.farewell());
        last.done().run();
    }
}

package dev.twinstack.bfd.transport;

import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bfd.session.SessionAction;
import dev.twinstack.bfd.session.SessionEvent;
import dev.twinstack.bfd.session.SessionFsm;
import dev.twinstack.bfd.session.Step;
import dev.twinstack.bfd.wire.ControlPacket;
import dev.twinstack.bfd.wire.Decoded;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Two sessions that talk to each other in memory, so that the code of a session is loaded before
/// the first real one: loading takes tens of milliseconds, which a peer at 3 x 10 ms does not wait.
final class WarmUp {

    private static final int ROUNDS = 500;
    private static final Duration ROUND = Duration.ofMillis(10);

    private WarmUp() {}

    /// @return packets exchanged
    static int run(BfdSettings like) {
        BfdSettings settings = like.withPassive(false).every(ROUND, 3);
        RandomGenerator random = new SplittableRandom();
        Instant now = Instant.EPOCH;
        SessionFsm one = SessionFsm.of(settings, 1, random);
        SessionFsm other = SessionFsm.of(settings, 2, random);
        one = one.on(new SessionEvent.Start(), now).next();
        other = other.on(new SessionEvent.Start(), now).next();
        int packets = 0;
        for (int round = 0; round < ROUNDS; round++) {
            now = now.plus(ROUND);
            Step step = one.on(new SessionEvent.Tick(), now);
            one = step.next();
            for (SessionAction action : step.actions()) {
                other = hear(other, action, now);
                packets++;
            }
            SessionFsm before = one;
            one = other;
            other = before;
        }
        return packets;
    }

    private static SessionFsm hear(SessionFsm session, SessionAction action, Instant now) {
        if (action instanceof SessionAction.Send(ControlPacket packet)
                && ControlPacket.decode(ByteBuffer.wrap(packet.encode()))
                        instanceof Decoded.Packet(ControlPacket same)) {
            return session.on(new SessionEvent.Received(same), now).next();
        }
        return session;
    }
}

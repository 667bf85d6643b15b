package dev.twinstack.bfd.session;

import dev.twinstack.bfd.BfdState;
import dev.twinstack.bfd.wire.ControlPacket;
import java.time.Duration;

/// The peer's side of a session, as its last packet told (RFC 5880 section 6.8.1).
record Remote(
        int discriminator,
        BfdState state,
        Duration desiredMinTx,
        Duration requiredMinRx,
        Duration requiredMinEchoRx,
        int multiplier,
        boolean demand) {

    /// Nothing was heard, or nothing for the detection time.
    static final Remote UNKNOWN =
            new Remote(
                    0,
                    BfdState.DOWN,
                    Duration.ZERO,
                    Duration.ofNanos(1000),
                    Duration.ZERO,
                    0,
                    false);

    static Remote of(ControlPacket packet) {
        return new Remote(
                packet.myDiscriminator(),
                packet.state(),
                packet.desiredMinTx(),
                packet.requiredMinRx(),
                packet.requiredMinEchoRx(),
                packet.detectMultiplier(),
                packet.demand());
    }

    boolean isKnown() {
        return discriminator != 0;
    }
}

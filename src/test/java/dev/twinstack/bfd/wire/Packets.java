package dev.twinstack.bfd.wire;

import dev.twinstack.bfd.BfdKey;
import dev.twinstack.bfd.BfdState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Control packets for tests.
final class Packets {

    /// Down, nobody known: version 1, multiplier 3, discriminator 1, 1 s, 300 ms, echo 50 ms.
    static final String DOWN = "20 40 03 18 00000001 00000000 000f4240 000493e0 0000c350";

    private Packets() {}

    static ControlPacket of(BfdState state, int yours) {
        return new ControlPacket(
                Diagnostic.DETECTION_TIME_EXPIRED,
                state,
                true,
                false,
                false,
                true,
                5,
                0xfedcba98,
                yours,
                Duration.ofMillis(50),
                Duration.ofMillis(300),
                Duration.ofNanos(0xffff_ffffL * 1000),
                Optional.empty());
    }

    static List<ControlPacket> all() {
        ControlPacket plain = of(BfdState.UP, 7);
        byte[] digest = new byte[20];
        digest[19] = 1;
        return List.of(
                of(BfdState.DOWN, 0),
                of(BfdState.INIT, 9),
                plain,
                plain.withAuthentication(
                        new Authentication.Sha1(
                                BfdKey.Kind.KEYED, 255, 7, -1, new Authentication.Digest(digest))),
                plain.withAuthentication(
                        new Authentication.Sha1(
                                BfdKey.Kind.METICULOUS,
                                0,
                                0,
                                1,
                                new Authentication.Digest(digest))),
                plain.withAuthentication(
                        new Authentication.Other(
                                1, new Authentication.Digest(new byte[] {1, 's', 'e', 'c'}))));
    }

    static Decoded decode(String hex) {
        return decode(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    static Decoded decode(byte[] octets) {
        return ControlPacket.decode(ByteBuffer.wrap(octets));
    }

    static ControlPacket packet(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Packet(ControlPacket packet) -> packet;
            case Decoded.Discarded(String reason) -> throw new AssertionError(reason);
        };
    }

    static String reason(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Packet(ControlPacket packet) -> throw new AssertionError(packet);
            case Decoded.Discarded(String reason) -> reason;
        };
    }
}

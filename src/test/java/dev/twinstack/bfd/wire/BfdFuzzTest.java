package dev.twinstack.bfd.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// No octets make a decoder throw, and what was read is written again as it was.
class BfdFuzzTest {

    private static final int LENGTH_OFFSET = 3;

    static Stream<byte[]> packets() {
        return Packets.all().stream().map(ControlPacket::encode);
    }

    @MethodSource("packets")
    @FuzzTest(maxDuration = "1m")
    void control(byte[] octets) {
        switch (ControlPacket.decode(ByteBuffer.wrap(octets))) {
            case Decoded.Discarded(String reason) -> assertThat(reason).isNotEmpty();
            case Decoded.Packet(ControlPacket packet) -> {
                byte[] written = packet.encode();
                assertThat(packet.toString()).isNotEmpty();
                assertThat(Packets.packet(Packets.decode(written))).isEqualTo(packet);
                if (written[LENGTH_OFFSET] == octets[LENGTH_OFFSET]) {
                    assertThat(written).isEqualTo(Arrays.copyOf(octets, written.length));
                }
            }
        }
    }

    @MethodSource("packets")
    @FuzzTest(maxDuration = "1m")
    void echo(byte[] octets) {
        EchoPacket.decode(ByteBuffer.wrap(octets))
                .ifPresent(packet -> assertThat(packet.encode()).isEqualTo(octets));
    }
}

package dev.twinstack.bfd.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EchoPacketTest {

    private static final EchoPacket PACKET = new EchoPacket(-2, 0x0123_4567_89ab_cdefL, 7);

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(EchoPacket.decode(ByteBuffer.wrap(PACKET.encode()))).contains(PACKET);
    }

    @Test
    void anotherLengthIsNoneOfOurs() {
        for (int length = 0; length < EchoPacket.LENGTH + 2; length++) {
            byte[] octets = Arrays.copyOf(PACKET.encode(), length);

            assertThat(EchoPacket.decode(ByteBuffer.wrap(octets)).isPresent())
                    .isEqualTo(length == EchoPacket.LENGTH);
        }
    }
}

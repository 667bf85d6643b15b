package dev.twinstack.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.bgp.testing.VectorFile;
import dev.twinstack.net.IpFamily;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Messages in a stream of octets.
class FramingTest {

    private static final String KEEPALIVE = "ff".repeat(16) + "001304";

    @Test
    void messagesBehindEachOtherAreCutApart() {
        ByteBuf in = Wire.bytes(KEEPALIVE + "ff".repeat(16) + "0015030602" + KEEPALIVE + "ffff");
        List<Integer> types = new ArrayList<>();

        Decoded decoded = BgpDecoder.decode(in, WireOptions.EXTERNAL);
        while (decoded instanceof Decoded.Message(BgpMessage message)) {
            types.add(message.type());
            decoded = BgpDecoder.decode(in, WireOptions.EXTERNAL);
        }

        assertThat(types).containsExactly(4, 3, 4);
        assertThat(decoded).isInstanceOf(Decoded.Incomplete.class);
        assertThat(in.readableBytes()).isEqualTo(2);
    }

    @Test
    void everyMessageIsIncompleteUntilItsLastOctet() {
        for (JsonNode line : VectorFile.lines("valid.jsonl")) {
            ByteBuf whole = Wire.bytes(line.get("hex").textValue());
            for (int length = 0; length < whole.capacity(); length++) {
                assertThat(BgpDecoder.decode(whole.slice(0, length), WireOptions.INTERNAL))
                        .as("%d octets of %s", length, line.get("id"))
                        .isInstanceOf(Decoded.Incomplete.class);
            }
        }
    }

    /// The header says what is there, but the message was cut behind any of its octets.
    @Test
    void cutMessagesAreJudgedAndNeverReadBeyondTheirEnd() {
        for (JsonNode line : VectorFile.lines("valid.jsonl")) {
            ByteBuf whole = Wire.bytes(line.get("hex").textValue());
            for (int length = Frame.HEADER_LENGTH; length < whole.capacity(); length++) {
                ByteBuf cut = whole.copy(0, length).setShort(Frame.LENGTH_OFFSET, length);

                Decoded decoded = BgpDecoder.decode(cut, WireOptions.INTERNAL);

                assertThat(decoded)
                        .as("%s cut to %d octets", line.get("id"), length)
                        .isNotInstanceOf(Decoded.Incomplete.class);
            }
        }
    }

    @Test
    void headerErrorsDontWaitForTheBody() {
        assertThat(Wire.decode("ff".repeat(16) + "001d09", WireOptions.EXTERNAL))
                .isEqualTo(
                        Decoded.error(
                                ErrorCode.BAD_MESSAGE_TYPE,
                                Octets.parseHex("09"),
                                "message type 9"));
    }

    @Test
    void longMessagesNeedTheCapabilityAndOpensStayShort() {
        String update = "ff".repeat(16) + "100102";
        String open = "ff".repeat(16) + "100101";
        WireOptions extended = WireOptions.EXTERNAL.withMaxLength(WireOptions.EXTENDED_LENGTH);

        assertThat(Wire.decode(update, WireOptions.EXTERNAL))
                .isInstanceOf(Decoded.SessionError.class);
        assertThat(Wire.decode(update, extended)).isInstanceOf(Decoded.Incomplete.class);
        assertThat(Wire.decode(open, extended)).isInstanceOf(Decoded.SessionError.class);
    }

    @Test
    void tooLongMessagesAreNotWritten() {
        UpdateMessage update =
                new UpdateMessage(Updates.hosts(IpFamily.IPV4, 1000), List.of(), List.of());
        ByteBuf out = Unpooled.buffer();

        assertThatThrownBy(() -> BgpEncoder.encode(update, out, WireOptions.EXTERNAL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(out.readableBytes()).isZero();
    }

    @Test
    void keepalivesCostNoMemory() {
        ByteBuf buffer = Unpooled.buffer(64);
        exchangeKeepalives(buffer, 10_000);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        exchangeKeepalives(buffer, 10_000);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private static void exchangeKeepalives(ByteBuf buffer, int times) {
        for (int i = 0; i < times; i++) {
            buffer.clear();
            BgpEncoder.encode(KeepaliveMessage.INSTANCE, buffer, WireOptions.EXTERNAL);
            if (!Decoded.Message.KEEPALIVE.equals(
                    BgpDecoder.decode(buffer, WireOptions.EXTERNAL))) {
                throw new AssertionError("not a KEEPALIVE");
            }
        }
    }
}

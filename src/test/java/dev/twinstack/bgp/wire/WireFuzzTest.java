package dev.twinstack.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.bgp.testing.VectorFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.provider.MethodSource;

/// No octets make a decoder throw, read beyond its message or stand still, and what was read in
/// good order can be written and read again. A normal test run feeds the vectors.
class WireFuzzTest {

    private static final Set<AddressFamily> UNICAST =
            Set.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST);

    private static final WireOptions EXTENDED =
            WireOptions.EXTERNAL.withMaxLength(WireOptions.EXTENDED_LENGTH);

    static Stream<byte[]> messages() {
        return Stream.concat(
                VectorFile.lines("valid.jsonl").stream().map(line -> octets(line.get("hex"))),
                VectorFile.lines("malformed.jsonl").stream()
                        .flatMap(line -> StreamSupport.stream(line.get("hex").spliterator(), false))
                        .map(WireFuzzTest::octets));
    }

    static Stream<byte[]> updates() {
        return bodies(UpdateMessage.TYPE);
    }

    static Stream<byte[]> opens() {
        return bodies(OpenMessage.TYPE);
    }

    static Stream<byte[]> notifications() {
        return bodies(NotificationMessage.TYPE);
    }

    static Stream<byte[]> routeRefreshes() {
        return bodies(RouteRefreshMessage.TYPE);
    }

    private static Stream<byte[]> bodies(int type) {
        return messages()
                .filter(message -> message[Frame.TYPE_OFFSET] == type)
                .map(message -> Arrays.copyOfRange(message, Frame.HEADER_LENGTH, message.length));
    }

    private static byte[] octets(JsonNode hex) {
        return ByteBufUtil.decodeHexDump(hex.textValue());
    }

    @MethodSource("messages")
    @FuzzTest(maxDuration = "1m")
    void stream(byte[] octets) {
        ByteBuf in = Unpooled.wrappedBuffer(octets);
        boolean more = true;
        while (more) {
            int before = in.readableBytes();
            more =
                    switch (BgpDecoder.decode(in, WireOptions.EXTERNAL)) {
                        case Decoded.Incomplete _, Decoded.SessionError _ -> false;
                        case Decoded.Message _, Decoded.Repaired _ -> {
                            assertThat(in.readableBytes()).isLessThan(before);
                            yield true;
                        }
                    };
        }
    }

    @MethodSource("updates")
    @FuzzTest(maxDuration = "1m")
    void externalUpdate(byte[] body) {
        readWriteRead(UpdateMessage.TYPE, body, EXTENDED);
    }

    @MethodSource("updates")
    @FuzzTest(maxDuration = "1m")
    void internalUpdate(byte[] body) {
        readWriteRead(
                UpdateMessage.TYPE,
                body,
                WireOptions.INTERNAL.withMaxLength(WireOptions.EXTENDED_LENGTH));
    }

    @MethodSource("updates")
    @FuzzTest(maxDuration = "1m")
    void updateOfTwoOctetSpeakerWithPathIds(byte[] body) {
        readWriteRead(
                UpdateMessage.TYPE,
                body,
                EXTENDED.withFourOctetAs(false).withAddPath(UNICAST, UNICAST));
    }

    @MethodSource("opens")
    @FuzzTest(maxDuration = "1m")
    void open(byte[] body) {
        readWriteRead(OpenMessage.TYPE, body, WireOptions.INITIAL);
    }

    @MethodSource("notifications")
    @FuzzTest(maxDuration = "1m")
    void notification(byte[] body) {
        readWriteRead(NotificationMessage.TYPE, body, EXTENDED);
    }

    @MethodSource("routeRefreshes")
    @FuzzTest(maxDuration = "1m")
    void routeRefresh(byte[] body) {
        readWriteRead(RouteRefreshMessage.TYPE, body, EXTENDED.withEnhancedRefresh(true));
    }

    private static void readWriteRead(int type, byte[] body, WireOptions options) {
        int length = Math.min(body.length, 65_000);
        ByteBuf in = Unpooled.buffer().writeLong(-1).writeLong(-1);
        in.writeShort(Frame.HEADER_LENGTH + length).writeByte(type).writeBytes(body, 0, length);
        switch (BgpDecoder.decode(in, options)) {
            case Decoded.Message(BgpMessage message) -> {
                assertThat(in.isReadable()).isFalse();
                assertThat(message.toString()).isNotEmpty();
                assertReadAgain(message, Wire.decode(Wire.encode(message, options), options));
            }
            case Decoded.Repaired repaired -> {
                assertThat(repaired.faults()).isNotEmpty();
                Wire.encode(repaired.message(), options);
            }
            case Decoded.SessionError error -> Wire.encode(error.notification(), options);
            case Decoded.Incomplete _ -> throw new AssertionError("the message is whole");
        }
    }

    private static void assertReadAgain(BgpMessage message, Decoded again) {
        switch (message) {
            case UpdateMessage update -> {
                UpdateMessage read = (UpdateMessage) Wire.message(again);
                assertThat(read.withdrawn()).isEqualTo(update.withdrawn());
                assertThat(read.announced()).isEqualTo(update.announced());
                assertThat(read.attributes())
                        .containsExactlyInAnyOrderElementsOf(update.attributes());
            }
            // Texts that are no UTF-8 or too long for us don't come back.
            case OpenMessage open ->
                    assertThat(((OpenMessage) Wire.message(again)).asn()).isEqualTo(open.asn());
            case NotificationMessage _, KeepaliveMessage _, RouteRefreshMessage _ ->
                    assertThat(Wire.message(again)).isEqualTo(message);
        }
    }
}

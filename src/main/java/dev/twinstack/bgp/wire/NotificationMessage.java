package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The last message of a session: why it ends (RFC 4271 section 4.5). A received one is never
/// answered, whatever is wrong with it.
public record NotificationMessage(ErrorCode error, Octets data) implements BgpMessage {

    public static final int TYPE = 3;

    /// A notification too short or too long to read: it ends the session like any other.
    static final Decoded.Message MALFORMED =
            new Decoded.Message(new NotificationMessage(new ErrorCode(0, 0)));

    private static final int CODE_LENGTH = 2;

    /// The longest shutdown communication, RFC 9003 section 2.
    private static final int MAX_COMMUNICATION = 255;

    public NotificationMessage {
        requireNonNull(error, "error");
        requireNonNull(data, "data");
    }

    public NotificationMessage(ErrorCode error) {
        this(error, Octets.EMPTY);
    }

    /// A Cease whose text the other side shows to its people (RFC 9003), cut to 255 octets at a
    /// character's border.
    public static NotificationMessage withCommunication(ErrorCode error, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, MAX_COMMUNICATION);
        while (length < utf8.length && (utf8[length] & 0xc0) == 0x80) {
            length--;
        }
        byte[] data = new byte[length + 1];
        data[0] = (byte) length;
        System.arraycopy(utf8, 0, data, 1, length);
        return new NotificationMessage(error, Octets.of(data));
    }

    /// Wrapped so that a peer with graceful restart drops our routes at once (RFC 8538 section 3).
    public NotificationMessage asHardReset() {
        ByteBuf wrapped = Unpooled.buffer(CODE_LENGTH + data.length());
        encodeBody(wrapped, WireOptions.INITIAL);
        return new NotificationMessage(
                ErrorCode.HARD_RESET, Octets.read(wrapped, 0, wrapped.writerIndex()));
    }

    /// What a hard reset wraps; empty for any other notification.
    public Optional<NotificationMessage> hardResetCause() {
        return error.equals(ErrorCode.HARD_RESET) && data.length() >= CODE_LENGTH
                ? Optional.of(read(Unpooled.wrappedBuffer(data.toArray()), 0, data.length()))
                : Optional.empty();
    }

    /// The text of an administrative shutdown or reset (RFC 9003); empty if there is none or if it
    /// is no UTF-8.
    public Optional<String> communication() {
        boolean mayHaveOne =
                error.equals(ErrorCode.ADMINISTRATIVE_SHUTDOWN)
                        || error.equals(ErrorCode.ADMINISTRATIVE_RESET);
        if (!mayHaveOne || data.isEmpty() || data.at(0) == 0 || data.at(0) >= data.length()) {
            return Optional.empty();
        }
        ByteBuffer utf8 = ByteBuffer.wrap(data.toArray(), 1, data.at(0));
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public int type() {
        return TYPE;
    }

    /// Too short for a code it is still a notification, with code 0, so that nobody answers it.
    static Decoded decode(ByteBuf in, int start, int end) {
        return end - start < CODE_LENGTH ? MALFORMED : new Decoded.Message(read(in, start, end));
    }

    private static NotificationMessage read(ByteBuf in, int start, int end) {
        ErrorCode error = new ErrorCode(in.getUnsignedByte(start), in.getUnsignedByte(start + 1));
        return new NotificationMessage(error, Octets.read(in, start + CODE_LENGTH, end));
    }

    @Override
    public void encodeBody(ByteBuf out, WireOptions options) {
        out.writeByte(error.code()).writeByte(error.subcode());
        data.write(out);
    }

    /// In words, like `Cease/Administrative Shutdown: "back at noon"`; unreadable data as hex. A
    /// hard reset is unwrapped once.
    @Override
    public String toString() {
        return hardResetCause()
                .map(cause -> error + " for " + cause.words())
                .orElseGet(this::words);
    }

    private String words() {
        return communication()
                .map(text -> error + ": \"" + text + "\"")
                .orElseGet(() -> data.isEmpty() ? error.toString() : error + " (" + data + ")");
    }
}

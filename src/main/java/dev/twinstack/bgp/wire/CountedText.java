package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// UTF-8 behind one octet with its length.
final class CountedText {

    /// So that two of them, with all else we say, stay within one OPEN parameter.
    private static final int MAX_WRITTEN = 64;

    private CountedText() {}

    /// Null if the length overruns the field. Octets that are no UTF-8 become U+FFFD.
    static @Nullable String read(ByteBuf in, int start, int end) {
        if (start >= end) {
            return null;
        }
        int length = in.getUnsignedByte(start);
        return length > end - start - 1
                ? null
                : in.toString(start + 1, length, StandardCharsets.UTF_8);
    }

    /// Longer texts are cut at a character's border.
    static void write(ByteBuf out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, MAX_WRITTEN);
        while (length < utf8.length && (utf8[length] & 0xc0) == 0x80) {
            length--;
        }
        out.writeByte(length).writeBytes(utf8, 0, length);
    }
}

package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.util.HexFormat;
import java.util.List;

/// Tags of eight octets with a type (RFC 4360). We pass them on and read nothing into them.
public record ExtendedCommunities(List<ExtendedCommunity> values) implements PathAttribute {

    private static final int SIZE = 8;

    /// @param value all eight octets
    public record ExtendedCommunity(long value) {

        /// 16 hex digits.
        @Override
        public String toString() {
            return HexFormat.of().toHexDigits(value);
        }
    }

    public ExtendedCommunities {
        values = List.copyOf(values);
    }

    @Override
    public AttributeType type() {
        return AttributeType.EXTENDED_COMMUNITIES;
    }

    /// RFC 7606 section 7.14.
    static AttributeOutcome decode(ByteBuf in, int start, int end) {
        if (start == end || (end - start) % SIZE != 0) {
            return AttributeFault.length(
                    AttributeType.EXTENDED_COMMUNITIES,
                    AttributeFault.Reaction.TREAT_AS_WITHDRAW,
                    start,
                    end);
        }
        ExtendedCommunity[] values = new ExtendedCommunity[(end - start) / SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = new ExtendedCommunity(in.getLong(start + i * SIZE));
        }
        return new ExtendedCommunities(List.of(values));
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        for (ExtendedCommunity value : values) {
            out.writeLong(value.value());
        }
    }
}

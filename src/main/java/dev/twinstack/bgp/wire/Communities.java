package dev.twinstack.bgp.wire;

import dev.twinstack.bgp.Community;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// Tags of four octets (RFC 1997).
public record Communities(List<Community> values) implements PathAttribute {

    private static final int SIZE = 4;

    public Communities {
        values = List.copyOf(values);
    }

    @Override
    public AttributeType type() {
        return AttributeType.COMMUNITIES;
    }

    /// RFC 7606 section 7.8.
    static AttributeOutcome decode(ByteBuf in, int start, int end) {
        if (start == end || (end - start) % SIZE != 0) {
            return AttributeFault.length(
                    AttributeType.COMMUNITIES,
                    AttributeFault.Reaction.TREAT_AS_WITHDRAW,
                    start,
                    end);
        }
        Community[] values = new Community[(end - start) / SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = new Community(in.getUnsignedInt(start + i * SIZE));
        }
        return new Communities(List.of(values));
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        for (Community value : values) {
            out.writeInt((int) value.value());
        }
    }
}

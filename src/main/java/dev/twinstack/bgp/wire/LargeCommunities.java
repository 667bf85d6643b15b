package dev.twinstack.bgp.wire;

import dev.twinstack.bgp.LargeCommunity;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// Tags of three times four octets (RFC 8092).
public record LargeCommunities(List<LargeCommunity> values) implements PathAttribute {

    private static final int SIZE = 12;

    public LargeCommunities {
        values = List.copyOf(values);
    }

    @Override
    public AttributeType type() {
        return AttributeType.LARGE_COMMUNITIES;
    }

    /// RFC 8092 section 6.
    static AttributeOutcome decode(ByteBuf in, int start, int end) {
        if (start == end || (end - start) % SIZE != 0) {
            return AttributeFault.length(
                    AttributeType.LARGE_COMMUNITIES,
                    AttributeFault.Reaction.TREAT_AS_WITHDRAW,
                    start,
                    end);
        }
        LargeCommunity[] values = new LargeCommunity[(end - start) / SIZE];
        for (int i = 0; i < values.length; i++) {
            int index = start + i * SIZE;
            values[i] =
                    new LargeCommunity(
                            in.getUnsignedInt(index),
                            in.getUnsignedInt(index + 4),
                            in.getUnsignedInt(index + 8));
        }
        return new LargeCommunities(List.of(values));
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        for (LargeCommunity value : values) {
            out.writeInt((int) value.globalAdministrator())
                    .writeInt((int) value.localData1())
                    .writeInt((int) value.localData2());
        }
    }
}

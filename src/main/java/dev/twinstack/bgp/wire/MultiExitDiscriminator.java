package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// The lower, the better among links to one neighbouring AS (RFC 4271 section 5.1.4).
///
/// @param value unsigned, 32 bits
public record MultiExitDiscriminator(long value) implements PathAttribute {

    public MultiExitDiscriminator {
        UnsignedValue.check(value);
    }

    @Override
    public AttributeType type() {
        return AttributeType.MULTI_EXIT_DISC;
    }

    /// RFC 7606 section 7.4.
    static AttributeOutcome decode(ByteBuf in, int start, int end) {
        return end - start == UnsignedValue.LENGTH
                ? new MultiExitDiscriminator(in.getUnsignedInt(start))
                : AttributeFault.length(
                        AttributeType.MULTI_EXIT_DISC,
                        AttributeFault.Reaction.TREAT_AS_WITHDRAW,
                        start,
                        end);
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        out.writeInt((int) value);
    }
}

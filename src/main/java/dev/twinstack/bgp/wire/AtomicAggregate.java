package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// The route stands for more specific ones whose paths are lost (RFC 4271 section 5.1.6).
public record AtomicAggregate() implements PathAttribute {

    @Override
    public AttributeType type() {
        return AttributeType.ATOMIC_AGGREGATE;
    }

    /// RFC 7606 section 7.6.
    static AttributeOutcome decode(int start, int end) {
        return start == end
                ? new AtomicAggregate()
                : AttributeFault.length(
                        AttributeType.ATOMIC_AGGREGATE,
                        AttributeFault.Reaction.DISCARD,
                        start,
                        end);
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        // no value
    }
}

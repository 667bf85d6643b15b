package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// The higher, the better within an AS (RFC 4271 section 5.1.5). iBGP only, and there always.
///
/// @param value unsigned, 32 bits
public record LocalPreference(long value) implements PathAttribute {

    public LocalPreference {
        UnsignedValue.check(value);
    }

    @Override
    public AttributeType type() {
        return AttributeType.LOCAL_PREF;
    }

    /// RFC 7606 section 7.5.
    static AttributeOutcome decode(ByteBuf in, int start, int end, WireOptions options) {
        if (!options.internal()) {
            return AttributeFault.discard(AttributeType.LOCAL_PREF, "from an eBGP peer");
        }
        return end - start == UnsignedValue.LENGTH
                ? new LocalPreference(in.getUnsignedInt(start))
                : AttributeFault.length(
                        AttributeType.LOCAL_PREF,
                        AttributeFault.Reaction.TREAT_AS_WITHDRAW,
                        start,
                        end);
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        out.writeInt((int) value);
    }
}

package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// Where the first announcer had the route from (RFC 4271 section 5.1.1).
public enum Origin implements PathAttribute {
    IGP,
    EGP,
    INCOMPLETE;

    @Override
    public AttributeType type() {
        return AttributeType.ORIGIN;
    }

    /// RFC 7606 section 7.1.
    static AttributeOutcome decode(ByteBuf in, int start, int end) {
        if (end - start != 1) {
            return AttributeFault.length(
                    AttributeType.ORIGIN, AttributeFault.Reaction.TREAT_AS_WITHDRAW, start, end);
        }
        int value = in.getUnsignedByte(start);
        return switch (value) {
            case 0 -> IGP;
            case 1 -> EGP;
            case 2 -> INCOMPLETE;
            default -> AttributeFault.withdraw(AttributeType.ORIGIN, "no such origin: " + value);
        };
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        out.writeByte(
                switch (this) {
                    case IGP -> 0;
                    case EGP -> 1;
                    case INCOMPLETE -> 2;
                });
    }
}

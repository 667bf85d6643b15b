package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;

/// MP_UNREACH_NLRI of a family that was not negotiated or has no plain prefixes: to be ignored.
public record OpaqueMpUnreach(AddressFamily family, Octets withdrawn) implements PathAttribute {

    public OpaqueMpUnreach {
        requireNonNull(family, "family");
        requireNonNull(withdrawn, "withdrawn");
    }

    @Override
    public AttributeType type() {
        return AttributeType.MP_UNREACH_NLRI;
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        out.writeShort(family.afi()).writeByte(family.safi());
        withdrawn.write(out);
    }
}

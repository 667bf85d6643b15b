package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;

/// MP_REACH_NLRI of a family that was not negotiated or has no plain prefixes: to be ignored.
public record OpaqueMpReach(AddressFamily family, Octets nextHop, Octets nlri)
        implements PathAttribute {

    public OpaqueMpReach {
        requireNonNull(family, "family");
        requireNonNull(nlri, "nlri");
        if (nextHop.length() > 0xff) {
            throw new IllegalArgumentException("A next hop has at most 255 octets");
        }
    }

    @Override
    public AttributeType type() {
        return AttributeType.MP_REACH_NLRI;
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        out.writeShort(family.afi()).writeByte(family.safi()).writeByte(nextHop.length());
        nextHop.write(out);
        out.writeByte(0);
        nlri.write(out);
    }
}

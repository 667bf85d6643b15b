package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Routes of this family may be sent (RFC 4760 section 8). Without any, IPv4 unicast is meant.
public record MultiprotocolCapability(AddressFamily family) implements Capability {

    public static final int CODE = 1;

    private static final int LENGTH = 4;

    public MultiprotocolCapability {
        requireNonNull(family, "family");
    }

    @Override
    public int code() {
        return CODE;
    }

    static @Nullable MultiprotocolCapability decode(ByteBuf in, int start, int end) {
        return end - start == LENGTH
                ? new MultiprotocolCapability(
                        AddressFamily.of(in.getUnsignedShort(start), in.getUnsignedByte(start + 3)))
                : null;
    }

    @Override
    public void encodeValue(ByteBuf out) {
        out.writeShort(family.afi()).writeByte(0).writeByte(family.safi());
    }
}

package dev.twinstack.bgp.wire;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import io.netty.buffer.ByteBuf;

/// The IPv4 next hop of the UPDATE's classic prefixes (RFC 4271 section 5.1.3).
public record NextHop(IpAddress address) implements PathAttribute {

    private static final int LENGTH = 4;

    public NextHop {
        if (address.family() != IpFamily.IPV4) {
            throw new IllegalArgumentException("NEXT_HOP is IPv4, not " + address);
        }
    }

    @Override
    public AttributeType type() {
        return AttributeType.NEXT_HOP;
    }

    /// RFC 7606 section 7.3.
    static AttributeOutcome decode(ByteBuf in, int start, int end) {
        return end - start == LENGTH
                ? new NextHop(new IpAddress(IpFamily.IPV4, 0, in.getUnsignedInt(start)))
                : AttributeFault.length(
                        AttributeType.NEXT_HOP,
                        AttributeFault.Reaction.TREAT_AS_WITHDRAW,
                        start,
                        end);
    }

    /// Whether a router can have this address: not 0.0.0.0, not a loopback address (RFC 4271
    /// section 6.3).
    boolean isPlausible() {
        return !address.isUnspecified() && !address.isLoopback();
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        out.writeInt((int) address.low());
    }
}

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

    /// RFC 7606 section 7.3 for the length; 0.0.0.0 and loopback are no unicast host addresses of a
    /// router (RFC 4271 section 6.3).
    static AttributeOutcome decode(ByteBuf in, int start, int end) {
        if (end - start != LENGTH) {
            return AttributeFault.length(
                    AttributeType.NEXT_HOP, AttributeFault.Reaction.TREAT_AS_WITHDRAW, start, end);
        }
        IpAddress address = new IpAddress(IpFamily.IPV4, 0, in.getUnsignedInt(start));
        return address.isUnspecified() || address.isLoopback()
                ? AttributeFault.withdraw(AttributeType.NEXT_HOP, "can't be " + address)
                : new NextHop(address);
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        out.writeInt((int) address.low());
    }
}

package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import io.netty.buffer.ByteBuf;

/// Who brought the route into the AS, set by a route reflector (RFC 4456 section 8).
public record OriginatorId(IpAddress bgpIdentifier) implements PathAttribute {

    private static final int LENGTH = 4;

    public OriginatorId {
        requireNonNull(bgpIdentifier, "bgpIdentifier");
    }

    @Override
    public AttributeType type() {
        return AttributeType.ORIGINATOR_ID;
    }

    /// RFC 7606 section 7.9.
    static AttributeOutcome decode(ByteBuf in, int start, int end, WireOptions options) {
        if (!options.internal()) {
            return AttributeFault.discard(AttributeType.ORIGINATOR_ID, "from an eBGP peer");
        }
        return end - start == LENGTH
                ? new OriginatorId(new IpAddress(IpFamily.IPV4, 0, in.getUnsignedInt(start)))
                : AttributeFault.length(
                        AttributeType.ORIGINATOR_ID,
                        AttributeFault.Reaction.TREAT_AS_WITHDRAW,
                        start,
                        end);
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        out.writeInt((int) bgpIdentifier.low());
    }
}

package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import io.netty.buffer.ByteBuf;

/// Who formed the aggregate (RFC 4271 section 5.1.7).
///
/// @param address the BGP identifier
public record Aggregator(Asn asn, IpAddress address) implements PathAttribute {

    public Aggregator {
        requireNonNull(asn, "asn");
        requireNonNull(address, "address");
    }

    @Override
    public AttributeType type() {
        return AttributeType.AGGREGATOR;
    }

    /// RFC 7606 section 7.7 for the length, which depends on the size of AS numbers; RFC 7607
    /// section 2 for AS 0.
    static AttributeOutcome decode(ByteBuf in, int start, int end, WireOptions options) {
        int asnLength = options.fourOctetAs() ? 4 : 2;
        if (end - start != asnLength + 4) {
            return AttributeFault.length(
                    AttributeType.AGGREGATOR, AttributeFault.Reaction.DISCARD, start, end);
        }
        long asn = options.fourOctetAs() ? in.getUnsignedInt(start) : in.getUnsignedShort(start);
        return asn == 0
                ? AttributeFault.discard(AttributeType.AGGREGATOR, "AS 0 (RFC 7607)")
                : new Aggregator(
                        new Asn(asn),
                        new IpAddress(IpFamily.IPV4, 0, in.getUnsignedInt(start + asnLength)));
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        AsSegment.write(out, asn, options.fourOctetAs());
        out.writeInt((int) address.low());
    }
}

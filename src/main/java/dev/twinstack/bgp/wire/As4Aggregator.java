package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import io.netty.buffer.ByteBuf;

/// The real number behind an AGGREGATOR of two octets (RFC 6793 section 3).
///
/// @param address the BGP identifier
public record As4Aggregator(Asn asn, IpAddress address) implements PathAttribute {

    private static final int LENGTH = 8;

    public As4Aggregator {
        requireNonNull(asn, "asn");
        requireNonNull(address, "address");
    }

    @Override
    public AttributeType type() {
        return AttributeType.AS4_AGGREGATOR;
    }

    /// RFC 6793 section 6; RFC 7607 section 2 for AS 0.
    static AttributeOutcome decode(ByteBuf in, int start, int end) {
        if (end - start != LENGTH) {
            return AttributeFault.length(
                    AttributeType.AS4_AGGREGATOR, AttributeFault.Reaction.DISCARD, start, end);
        }
        long asn = in.getUnsignedInt(start);
        return asn == 0
                ? AttributeFault.discard(AttributeType.AS4_AGGREGATOR, "AS 0 (RFC 7607)")
                : new As4Aggregator(
                        new Asn(asn),
                        new IpAddress(IpFamily.IPV4, 0, in.getUnsignedInt(start + 4)));
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        out.writeInt((int) asn.value()).writeInt((int) address.low());
    }
}

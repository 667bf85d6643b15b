package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.Asn;
import io.netty.buffer.ByteBuf;

/// The route may go on to customers only (RFC 9234 section 5).
public record OnlyToCustomer(Asn asn) implements PathAttribute {

    private static final int LENGTH = 4;

    public OnlyToCustomer {
        requireNonNull(asn, "asn");
    }

    @Override
    public AttributeType type() {
        return AttributeType.ONLY_TO_CUSTOMER;
    }

    /// RFC 9234 section 6; RFC 7607 for AS 0.
    static AttributeOutcome decode(ByteBuf in, int start, int end) {
        if (end - start != LENGTH) {
            return AttributeFault.length(
                    AttributeType.ONLY_TO_CUSTOMER,
                    AttributeFault.Reaction.TREAT_AS_WITHDRAW,
                    start,
                    end);
        }
        Asn asn = new Asn(in.getUnsignedInt(start));
        return asn.isReserved()
                ? AttributeFault.withdraw(AttributeType.ONLY_TO_CUSTOMER, "AS 0 (RFC 7607)")
                : new OnlyToCustomer(asn);
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        out.writeInt((int) asn.value());
    }
}

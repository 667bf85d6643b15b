package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.IpFamily;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// Withdrawn prefixes of any family (RFC 4760 section 4). Alone and empty it is the End-of-RIB (RFC
/// 4724 section 2).
public record MpUnreach(AddressFamily family, List<Nlri> withdrawn) implements PathAttribute {

    /// AFI and SAFI.
    static final int HEADER_LENGTH = 3;

    public MpUnreach {
        requireNonNull(family, "family");
        withdrawn = List.copyOf(withdrawn);
    }

    @Override
    public AttributeType type() {
        return AttributeType.MP_UNREACH_NLRI;
    }

    /// Any error costs the session (RFC 7606 sections 5.3 and 7.12). A family that was not
    /// negotiated stays opaque.
    static AttributeOutcome decode(ByteBuf in, int start, int end, WireOptions options) {
        if (end - start < HEADER_LENGTH) {
            return AttributeFault.reset(
                    AttributeType.MP_UNREACH_NLRI, "only %d octets".formatted(end - start));
        }
        AddressFamily family =
                AddressFamily.of(in.getUnsignedShort(start), in.getUnsignedByte(start + 2));
        int index = start + HEADER_LENGTH;
        IpFamily prefixes = options.families().contains(family) ? family.prefixFamily() : null;
        if (prefixes == null) {
            return new OpaqueMpUnreach(family, Octets.read(in, index, end));
        }
        List<Nlri> withdrawn =
                NlriCodec.decode(
                        in, index, end, prefixes, options.addPathReceived().contains(family));
        return withdrawn == null
                ? AttributeFault.reset(
                        AttributeType.MP_UNREACH_NLRI, "a prefix of %s is broken".formatted(family))
                : new MpUnreach(family, withdrawn);
    }

    int length(WireOptions options) {
        return HEADER_LENGTH + NlriCodec.length(withdrawn, options.addPathSent().contains(family));
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        out.writeShort(family.afi()).writeByte(family.safi());
        NlriCodec.encode(out, withdrawn, options.addPathSent().contains(family));
    }
}

package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/// Writes path attributes with flags, type and length, in the order old and new peers digest best:
/// MP_UNREACH_NLRI and MP_REACH_NLRI first (RFC 7606 section 5.1).
final class AttributeEncoder {

    private static final int SHORT_HEADER = 3;
    private static final int EXTENDED_HEADER = 4;
    private static final int MAX_SHORT_LENGTH = 255;

    private AttributeEncoder() {}

    static void encode(ByteBuf out, List<PathAttribute> attributes, WireOptions options) {
        boolean multiprotocol = false;
        for (int i = 0; i < attributes.size(); i++) {
            if (isMultiprotocol(attributes.get(i))) {
                multiprotocol = true;
                encode(out, attributes.get(i), options);
            }
        }
        for (int i = 0; i < attributes.size(); i++) {
            PathAttribute attribute = attributes.get(i);
            if (!multiprotocol || !isMultiprotocol(attribute)) {
                encode(out, attribute, options);
            }
        }
        if (!options.fourOctetAs()) {
            encodeRealNumbers(out, attributes, options);
        }
    }

    private static boolean isMultiprotocol(PathAttribute attribute) {
        int type = attribute.type().code();
        return type == AttributeType.MP_REACH_NLRI.code()
                || type == AttributeType.MP_UNREACH_NLRI.code();
    }

    /// What AS_TRANS hides from a speaker of two octets goes beside it (RFC 6793 section 4.2.2).
    private static void encodeRealNumbers(
            ByteBuf out, List<PathAttribute> attributes, WireOptions options) {
        Optional<AsPath> path = first(attributes, AsPath.class);
        if (path.isPresent()
                && !path.get().fitsTwoOctets()
                && first(attributes, As4Path.class).isEmpty()) {
            encode(out, As4Path.of(path.get()), options);
        }
        Optional<Aggregator> aggregator = first(attributes, Aggregator.class);
        if (aggregator.isPresent()
                && !aggregator.get().asn().fitsTwoOctets()
                && first(attributes, As4Aggregator.class).isEmpty()) {
            encode(
                    out,
                    new As4Aggregator(aggregator.get().asn(), aggregator.get().address()),
                    options);
        }
    }

    private static <T extends PathAttribute> Optional<T> first(
            List<PathAttribute> attributes, Class<T> kind) {
        return attributes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /// The value is written behind a header of the expected size, and once more if the guess was
    /// wrong, which only happens to very long paths and lists of communities.
    private static void encode(ByteBuf out, PathAttribute attribute, WireOptions options) {
        int start = out.writerIndex();
        boolean extended = expectedLength(attribute, options) > MAX_SHORT_LENGTH;
        int length = encodeValue(out, start, extended, attribute, options);
        if (!extended && length > MAX_SHORT_LENGTH) {
            extended = true;
            length = encodeValue(out, start, true, attribute, options);
        }
        int flags = attribute.flags() | (extended ? UnknownAttribute.EXTENDED_LENGTH : 0);
        out.setByte(start, flags).setByte(start + 1, attribute.type().code());
        if (extended) {
            out.setShort(start + 2, length);
        } else {
            out.setByte(start + 2, length);
        }
    }

    private static int encodeValue(
            ByteBuf out, int start, boolean extended, PathAttribute value, WireOptions options) {
        int header = extended ? EXTENDED_HEADER : SHORT_HEADER;
        out.ensureWritable(EXTENDED_HEADER).writerIndex(start + header);
        value.encodeValue(out, options);
        return out.writerIndex() - start - header;
    }

    /// Exact for the attributes that are long as a rule, 0 for all others.
    private static int expectedLength(PathAttribute attribute, WireOptions options) {
        return switch (attribute) {
            case MpReach reach -> reach.length(options);
            case MpUnreach unreach -> unreach.length(options);
            case OpaqueMpReach reach -> reach.nlri().length();
            case OpaqueMpUnreach unreach -> unreach.withdrawn().length();
            case UnknownAttribute unknown -> unknown.value().length();
            case Origin _,
                    AsPath _,
                    NextHop _,
                    MultiExitDiscriminator _,
                    LocalPreference _,
                    AtomicAggregate _,
                    Aggregator _,
                    Communities _,
                    OriginatorId _,
                    ClusterList _,
                    ExtendedCommunities _,
                    As4Path _,
                    As4Aggregator _,
                    LargeCommunities _,
                    OnlyToCustomer _ ->
                    0;
        };
    }
}

package dev.twinstack.bgp.wire;

import dev.twinstack.net.Asn;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The ASes a route went through (RFC 4271 section 5.1.2), the nearest first.
public record AsPath(List<AsSegment> segments) implements PathAttribute {

    /// What an iBGP speaker says of its own routes.
    public static final AsPath EMPTY = new AsPath(List.of());

    public AsPath {
        segments = List.copyOf(segments);
    }

    /// One sequence, the nearest AS first.
    public static AsPath sequence(Asn... asns) {
        return asns.length == 0
                ? EMPTY
                : new AsPath(List.of(new AsSegment(AsSegment.Kind.SEQUENCE, Arrays.asList(asns))));
    }

    /// The number of ASes for the choice between paths: a set counts as one, confederation segments
    /// as none (RFC 4271 section 9.1.2.2, RFC 5065 section 5.3).
    public int length() {
        int length = 0;
        for (AsSegment segment : segments) {
            length += segment.countedLength();
        }
        return length;
    }

    public boolean contains(Asn asn) {
        for (AsSegment segment : segments) {
            if (segment.asns().contains(asn)) {
                return true;
            }
        }
        return false;
    }

    /// The neighbour's AS, if the path starts with a sequence.
    public Optional<Asn> first() {
        return segments.isEmpty() || segments.getFirst().kind() != AsSegment.Kind.SEQUENCE
                ? Optional.empty()
                : Optional.of(segments.getFirst().asns().getFirst());
    }

    /// The real path behind what a speaker of two octets sent: the leading ASes that only this one
    /// has, then those of AS4_PATH (RFC 6793 section 4.2.3).
    public AsPath mergedWith(As4Path real) {
        int surplus = length() - new AsPath(real.segments()).length();
        if (surplus < 0) {
            return this;
        }
        List<AsSegment> merged = new ArrayList<>();
        for (AsSegment segment : segments) {
            if (surplus == 0) {
                break;
            }
            AsSegment leading = segment.leading(surplus);
            merged.add(leading);
            surplus -= leading.countedLength();
        }
        merged.addAll(real.segments());
        return new AsPath(merged);
    }

    boolean fitsTwoOctets() {
        for (AsSegment segment : segments) {
            for (Asn asn : segment.asns()) {
                if (!asn.fitsTwoOctets()) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public AttributeType type() {
        return AttributeType.AS_PATH;
    }

    /// RFC 7606 section 7.2; RFC 5065 section 5 for confederation segments from outside. Whether it
    /// may be empty is the UPDATE's question.
    static AttributeOutcome decode(ByteBuf in, int start, int end, WireOptions options) {
        if (start == end) {
            return EMPTY;
        }
        return switch (AsSegment.decode(in, start, end, options.fourOctetAs())) {
            case AsSegment.Broken(String reason) ->
                    AttributeFault.withdraw(AttributeType.AS_PATH, reason);
            case AsSegment.Read(List<AsSegment> segments) -> {
                AsPath path = new AsPath(segments);
                yield !options.internal() && path.hasConfederation()
                        ? AttributeFault.withdraw(
                                AttributeType.AS_PATH, "confederation segment from an eBGP peer")
                        : path;
            }
        };
    }

    private boolean hasConfederation() {
        for (AsSegment segment : segments) {
            if (segment.kind().isConfederation()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        AsSegment.encode(out, segments, options.fourOctetAs());
    }

    /// As routers print it: numbers with blanks, sets in braces.
    @Override
    public String toString() {
        return AsSegment.text(segments);
    }
}

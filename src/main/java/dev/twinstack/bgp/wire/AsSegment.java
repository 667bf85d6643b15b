package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.Asn;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A part of AS_PATH: ASes in order, or without (RFC 4271 section 4.3, RFC 5065 section 3).
///
/// @param asns never empty
public record AsSegment(Kind kind, List<Asn> asns) {

    private static final int MAX_COUNT = 255;

    public enum Kind {
        SET(1),
        SEQUENCE(2),
        CONFEDERATION_SEQUENCE(3),
        CONFEDERATION_SET(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        static @Nullable Kind of(int code) {
            return switch (code) {
                case 1 -> SET;
                case 2 -> SEQUENCE;
                case 3 -> CONFEDERATION_SEQUENCE;
                case 4 -> CONFEDERATION_SET;
                default -> null;
            };
        }

        boolean isConfederation() {
            return this == CONFEDERATION_SEQUENCE || this == CONFEDERATION_SET;
        }
    }

    sealed interface Outcome {}

    record Read(List<AsSegment> segments) implements Outcome {}

    record Broken(String reason) implements Outcome {}

    public AsSegment {
        requireNonNull(kind, "kind");
        asns = List.copyOf(asns);
        if (asns.isEmpty()) {
            throw new IllegalArgumentException("A segment without an AS");
        }
    }

    int countedLength() {
        return switch (kind) {
            case SET -> 1;
            case SEQUENCE -> asns.size();
            case CONFEDERATION_SEQUENCE, CONFEDERATION_SET -> 0;
        };
    }

    /// The first part of a sequence, with at most `count` ASes; anything else whole.
    AsSegment leading(int count) {
        return kind == Kind.SEQUENCE && asns.size() > count
                ? new AsSegment(kind, asns.subList(0, count))
                : this;
    }

    /// All segments from `start` to before `end`, or what is wrong with them (RFC 7606 section 7.2,
    /// RFC 7607 section 2).
    static Outcome decode(ByteBuf in, int start, int end, boolean fourOctets) {
        int size = fourOctets ? 4 : 2;
        List<AsSegment> segments = new ArrayList<>(1);
        int index = start;
        while (index < end) {
            if (end - index < 2) {
                return new Broken("a segment's header is cut off");
            }
            int code = in.getUnsignedByte(index);
            Kind kind = Kind.of(code);
            int count = in.getUnsignedByte(index + 1);
            index += 2;
            if (kind == null) {
                return new Broken("segment of type %d".formatted(code));
            }
            if (count == 0) {
                return new Broken("segment without an AS");
            }
            if (count * size > end - index) {
                return new Broken("segment of %d ASes overruns the attribute".formatted(count));
            }
            Asn[] asns = new Asn[count];
            for (int i = 0; i < count; i++, index += size) {
                asns[i] =
                        new Asn(fourOctets ? in.getUnsignedInt(index) : in.getUnsignedShort(index));
                if (asns[i].isReserved()) {
                    return new Broken("AS 0 (RFC 7607)");
                }
            }
            segments.add(new AsSegment(kind, List.of(asns)));
        }
        return new Read(segments);
    }

    /// Longer segments than one count octet can say are split. Towards a speaker of two octets a
    /// number that doesn't fit becomes AS_TRANS.
    static void encode(ByteBuf out, List<AsSegment> segments, boolean fourOctets) {
        for (AsSegment segment : segments) {
            int size = segment.asns.size();
            for (int first = 0; first < size; first += MAX_COUNT) {
                int count = Math.min(size - first, MAX_COUNT);
                out.writeByte(segment.kind.code).writeByte(count);
                for (int i = first; i < first + count; i++) {
                    write(out, segment.asns.get(i), fourOctets);
                }
            }
        }
    }

    static void write(ByteBuf out, Asn asn, boolean fourOctets) {
        if (fourOctets) {
            out.writeInt((int) asn.value());
        } else {
            out.writeShort((int) (asn.fitsTwoOctets() ? asn : Asn.AS_TRANS).value());
        }
    }

    static String text(List<AsSegment> segments) {
        return segments.stream().map(AsSegment::toString).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        String spaced = asns.stream().map(Asn::toString).collect(Collectors.joining(" "));
        return switch (kind) {
            case SET -> "{" + spaced.replace(' ', ',') + "}";
            case SEQUENCE -> spaced;
            case CONFEDERATION_SEQUENCE -> "(" + spaced + ")";
            case CONFEDERATION_SET -> "[" + spaced.replace(' ', ',') + "]";
        };
    }
}

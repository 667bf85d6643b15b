package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Routes of a family may have a next hop of another one (RFC 8950).
public record ExtendedNextHopCapability(List<Tuple> tuples) implements Capability {

    public static final int CODE = 5;

    private static final int TUPLE_LENGTH = 6;

    /// @param nextHopAfi the AFI the next hop may be of
    public record Tuple(AddressFamily family, int nextHopAfi) {

        /// What a node without IPv4 towards its router needs.
        public static final Tuple IPV4_OVER_IPV6 = new Tuple(AddressFamily.IPV4_UNICAST, 2);

        public Tuple {
            requireNonNull(family, "family");
        }
    }

    public ExtendedNextHopCapability {
        tuples = List.copyOf(tuples);
    }

    @Override
    public int code() {
        return CODE;
    }

    static @Nullable ExtendedNextHopCapability decode(ByteBuf in, int start, int end) {
        if ((end - start) % TUPLE_LENGTH != 0) {
            return null;
        }
        List<Tuple> tuples = new ArrayList<>((end - start) / TUPLE_LENGTH);
        for (int index = start; index < end; index += TUPLE_LENGTH) {
            AddressFamily family =
                    AddressFamily.of(
                            in.getUnsignedShort(index), in.getUnsignedShort(index + 2) & 0xff);
            tuples.add(new Tuple(family, in.getUnsignedShort(index + 4)));
        }
        return new ExtendedNextHopCapability(tuples);
    }

    @Override
    public void encodeValue(ByteBuf out) {
        for (Tuple tuple : tuples) {
            out.writeShort(tuple.family().afi())
                    .writeShort(tuple.family().safi())
                    .writeShort(tuple.nextHopAfi());
        }
    }
}

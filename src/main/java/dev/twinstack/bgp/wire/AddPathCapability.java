package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several paths to one prefix, told apart by an identifier (RFC 7911 section 4).
public record AddPathCapability(List<Family> families) implements Capability {

    public static final int CODE = 69;

    public static final int RECEIVE = 1;
    public static final int SEND = 2;

    private static final int FAMILY_LENGTH = 4;

    /// @param mode [#RECEIVE], [#SEND] or both; anything else is to be ignored
    public record Family(AddressFamily family, int mode) {

        public Family {
            requireNonNull(family, "family");
        }

        public boolean receives() {
            return mode == RECEIVE || mode == (RECEIVE | SEND);
        }

        public boolean sends() {
            return mode == SEND || mode == (RECEIVE | SEND);
        }
    }

    public AddPathCapability {
        families = List.copyOf(families);
    }

    @Override
    public int code() {
        return CODE;
    }

    static @Nullable AddPathCapability decode(ByteBuf in, int start, int end) {
        if ((end - start) % FAMILY_LENGTH != 0) {
            return null;
        }
        List<Family> families = new ArrayList<>((end - start) / FAMILY_LENGTH);
        for (int index = start; index < end; index += FAMILY_LENGTH) {
            AddressFamily family =
                    AddressFamily.of(in.getUnsignedShort(index), in.getUnsignedByte(index + 2));
            families.add(new Family(family, in.getUnsignedByte(index + 3)));
        }
        return new AddPathCapability(families);
    }

    @Override
    public void encodeValue(ByteBuf out) {
        for (Family family : families) {
            out.writeShort(family.family().afi())
                    .writeByte(family.family().safi())
                    .writeByte(family.mode());
        }
    }
}

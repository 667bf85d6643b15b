package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/// Capabilities one after the other, each with code and length (RFC 5492 section 4): in an OPEN,
/// and in the data of a 2/7, which names those that the session failed over (section 5).
public final class CapabilityList {

    private static final int HEADER_LENGTH = 2;

    private CapabilityList() {}

    /// The data of a 2/7.
    public static Octets octets(Capability... capabilities) {
        ByteBuf values = encode(List.of(capabilities));
        return Octets.read(values, 0, values.readableBytes());
    }

    /// What a 2/7 names; what is cut off at its end is left out.
    public static List<Capability> of(NotificationMessage refusal) {
        ByteBuf in = Unpooled.wrappedBuffer(refusal.data().toArray());
        List<Capability> named = new ArrayList<>();
        int index = 0;
        while (in.capacity() - index >= HEADER_LENGTH) {
            int start = index + HEADER_LENGTH;
            int end = start + in.getUnsignedByte(index + 1);
            if (end > in.capacity()) {
                break;
            }
            named.add(Capability.decode(in.getUnsignedByte(index), in, start, end));
            index = end;
        }
        return named;
    }

    static ByteBuf encode(List<Capability> capabilities) {
        ByteBuf values = Unpooled.buffer();
        for (Capability capability : capabilities) {
            int start = values.writerIndex();
            values.writeByte(capability.code()).writeByte(0);
            capability.encodeValue(values);
            values.setByte(start + 1, values.writerIndex() - start - HEADER_LENGTH);
        }
        return values;
    }
}

package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The optional parameters of an OPEN, in the form of RFC 4271 and in the long one of RFC 9072.
/// Capabilities are the only parameter there is (RFC 5492): several in one and one in each are
/// read.
sealed interface OpenParameters {

    record Capabilities(List<Capability> list) implements OpenParameters {}

    record Refused(Decoded.SessionError error) implements OpenParameters {}

    int CAPABILITIES = 2;

    /// Says in the place of a parameter's type that lengths have two octets (RFC 9072 section 2).
    int EXTENDED = 255;

    /// From the octet with the length of all parameters to the end of the message.
    static OpenParameters decode(ByteBuf in, int start, int end) {
        int length = in.getUnsignedByte(start);
        int index = start + 1;
        boolean extended = length != 0 && index < end && in.getUnsignedByte(index) == EXTENDED;
        if (extended) {
            if (end - index < 3) {
                return refused("the extended parameters' length is cut off");
            }
            length = in.getUnsignedShort(index + 1);
            index += 3;
        }
        if (length != end - index) {
            return refused(
                    "%d octets of parameters where the length says %d"
                            .formatted(end - index, length));
        }
        return parameters(in, index, end, extended ? 3 : 2);
    }

    private static OpenParameters parameters(ByteBuf in, int start, int end, int headerLength) {
        List<Capability> capabilities = new ArrayList<>();
        int index = start;
        while (index < end) {
            if (end - index < headerLength) {
                return refused("a parameter's header is cut off");
            }
            int type = in.getUnsignedByte(index);
            int length =
                    headerLength == 3
                            ? in.getUnsignedShort(index + 1)
                            : in.getUnsignedByte(index + 1);
            index += headerLength;
            if (length > end - index) {
                return refused("a parameter overruns the message");
            }
            if (type != CAPABILITIES) {
                return new Refused(
                        Decoded.error(
                                ErrorCode.UNSUPPORTED_OPTIONAL_PARAMETER,
                                "optional parameter of type " + type));
            }
            Refused refused = capabilities(in, index, index + length, capabilities);
            if (refused != null) {
                return refused;
            }
            index += length;
        }
        return new Capabilities(capabilities);
    }

    private static @Nullable Refused capabilities(
            ByteBuf in, int start, int end, List<Capability> into) {
        int index = start;
        while (index < end) {
            if (end - index < 2) {
                return refused("a capability's header is cut off");
            }
            int code = in.getUnsignedByte(index);
            int length = in.getUnsignedByte(index + 1);
            index += 2;
            if (length > end - index) {
                return refused("capability %d overruns its parameter".formatted(code));
            }
            if (code == FourOctetAsCapability.CODE) {
                if (length != FourOctetAsCapability.LENGTH) {
                    return refused("four-octet AS capability of %d octets".formatted(length));
                }
                if (in.getInt(index) == 0) {
                    return new Refused(
                            Decoded.error(ErrorCode.BAD_PEER_AS, "AS 0 is nobody's (RFC 7607)"));
                }
            }
            into.add(Capability.decode(code, in, index, index + length));
            index += length;
        }
        return null;
    }

    private static Refused refused(String reason) {
        return new Refused(Decoded.error(ErrorCode.OPEN_UNSPECIFIC, reason));
    }

    /// All in one parameter; in the long form only where the short one has no room, because older
    /// speakers don't know it.
    static void encode(ByteBuf out, List<Capability> capabilities) {
        ByteBuf values = CapabilityList.encode(capabilities);
        int length = values.readableBytes();
        if (length == 0) {
            out.writeByte(0);
        } else if (length + 2 <= 0xff) {
            out.writeByte(length + 2).writeByte(CAPABILITIES).writeByte(length);
        } else {
            out.writeByte(EXTENDED).writeByte(EXTENDED).writeShort(length + 3);
            out.writeByte(CAPABILITIES).writeShort(length);
        }
        out.writeBytes(values);
    }
}

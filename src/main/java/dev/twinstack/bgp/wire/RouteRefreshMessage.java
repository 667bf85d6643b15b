package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;

/// Asks for all routes of a family again, or brackets the answer (RFC 2918, RFC 7313). A family
/// that was not negotiated and a subtype other than the three are to be ignored.
public record RouteRefreshMessage(AddressFamily family, int subtype) implements BgpMessage {

    public static final int TYPE = 5;

    public static final int REQUEST = 0;
    public static final int BEGIN_OF_ROUTE_REFRESH = 1;
    public static final int END_OF_ROUTE_REFRESH = 2;

    private static final int BODY_LENGTH = 4;

    public RouteRefreshMessage {
        requireNonNull(family, "family");
        if (subtype < 0 || subtype > 0xff) {
            throw new IllegalArgumentException("A subtype is one octet, not " + subtype);
        }
    }

    @Override
    public int type() {
        return TYPE;
    }

    static Decoded decode(ByteBuf in, int start, int end, WireOptions options) {
        int length = end - start;
        if (length != BODY_LENGTH) {
            return wrongLength(in, start, end, options);
        }
        AddressFamily family =
                AddressFamily.of(in.getUnsignedShort(start), in.getUnsignedByte(start + 3));
        return new Decoded.Message(new RouteRefreshMessage(family, in.getUnsignedByte(start + 2)));
    }

    private static Decoded wrongLength(ByteBuf in, int start, int end, WireOptions options) {
        String reason = "ROUTE-REFRESH of %d octets".formatted(Frame.HEADER_LENGTH + end - start);
        int header = start - Frame.HEADER_LENGTH;
        if (options.enhancedRefresh()) {
            return Decoded.error(
                    ErrorCode.INVALID_ROUTE_REFRESH_LENGTH, Octets.read(in, header, end), reason);
        }
        return Decoded.error(ErrorCode.BAD_MESSAGE_LENGTH, Frame.lengthField(in, header), reason);
    }

    @Override
    public void encodeBody(ByteBuf out, WireOptions options) {
        out.writeShort(family.afi()).writeByte(subtype).writeByte(family.safi());
    }
}

package dev.twinstack.bgp.wire;

import dev.twinstack.net.IpFamily;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// Reads UPDATE messages: first the frame of three lengths, then prefixes and attributes, then the
/// judgement over what was wrong (RFC 4271 section 6.3 as revised by RFC 7606).
final class UpdateDecoder {

    private static final int LENGTH_SIZE = 2;

    private UpdateDecoder() {}

    static Decoded decode(ByteBuf in, int start, int end, WireOptions options) {
        int withdrawnStart = start + LENGTH_SIZE;
        int withdrawnLength = in.getUnsignedShort(start);
        int withdrawnEnd = withdrawnStart + withdrawnLength;
        if (withdrawnEnd + LENGTH_SIZE > end) {
            return Decoded.error(
                    ErrorCode.MALFORMED_ATTRIBUTE_LIST,
                    "%d octets of withdrawn routes overrun the UPDATE".formatted(withdrawnLength));
        }
        int attributesStart = withdrawnEnd + LENGTH_SIZE;
        int attributesLength = in.getUnsignedShort(withdrawnEnd);
        int attributesEnd = attributesStart + attributesLength;
        if (attributesEnd > end) {
            return Decoded.error(
                    ErrorCode.MALFORMED_ATTRIBUTE_LIST,
                    "%d octets of attributes overrun the UPDATE".formatted(attributesLength));
        }
        boolean pathIds = options.addPathReceived().contains(AddressFamily.IPV4_UNICAST);
        List<Nlri> withdrawn =
                NlriCodec.decode(in, withdrawnStart, withdrawnEnd, IpFamily.IPV4, pathIds);
        List<Nlri> announced = NlriCodec.decode(in, attributesEnd, end, IpFamily.IPV4, pathIds);
        if (withdrawn == null || announced == null) {
            return Decoded.error(
                    ErrorCode.INVALID_NETWORK_FIELD,
                    withdrawn == null
                            ? "a withdrawn prefix is broken"
                            : "an announced prefix is broken");
        }
        AttributeReader reader = new AttributeReader(in, options, attributesEnd < end);
        reader.read(attributesStart, attributesEnd);
        Decoded.SessionError error = reader.sessionError();
        return error != null
                ? error
                : UpdateJudgement.judge(
                        new UpdateMessage(withdrawn, reader.attributes(), announced),
                        reader,
                        options);
    }
}

package dev.twinstack.bgp.wire;

import dev.twinstack.net.IpFamily;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// Reads UPDATE messages: first the frame of three lengths, then prefixes and attributes, then the
/// judgement over what was wrong (RFC 4271 section 6.3 as revised by RFC 7606).
final class UpdateDecoder {

    private static final int LENGTH_SIZE = 2;

    private UpdateDecoder() {}

    /// What the octets say before anything is judged.
    sealed interface Reading {}

    /// @param reader what was noticed on the way
    record Legible(UpdateMessage update, AttributeReader reader) implements Reading {}

    record Illegible(Decoded.SessionError error) implements Reading {}

    static Decoded decode(ByteBuf in, int start, int end, WireOptions options) {
        return switch (read(in, start, end, options)) {
            case Illegible(Decoded.SessionError error) -> error;
            case Legible(UpdateMessage update, AttributeReader reader) ->
                    UpdateJudgement.judge(update, reader, options);
        };
    }

    static Reading read(ByteBuf in, int start, int end, WireOptions options) {
        int withdrawnStart = start + LENGTH_SIZE;
        int withdrawnLength = in.getUnsignedShort(start);
        int withdrawnEnd = withdrawnStart + withdrawnLength;
        if (withdrawnEnd + LENGTH_SIZE > end) {
            return illegible(
                    ErrorCode.MALFORMED_ATTRIBUTE_LIST,
                    "%d octets of withdrawn routes overrun the UPDATE".formatted(withdrawnLength));
        }
        int attributesStart = withdrawnEnd + LENGTH_SIZE;
        int attributesLength = in.getUnsignedShort(withdrawnEnd);
        int attributesEnd = attributesStart + attributesLength;
        if (attributesEnd > end) {
            return illegible(
                    ErrorCode.MALFORMED_ATTRIBUTE_LIST,
                    "%d octets of attributes overrun the UPDATE".formatted(attributesLength));
        }
        boolean pathIds = options.addPathReceived().contains(AddressFamily.IPV4_UNICAST);
        List<Nlri> withdrawn =
                NlriCodec.decode(in, withdrawnStart, withdrawnEnd, IpFamily.IPV4, pathIds);
        List<Nlri> announced = NlriCodec.decode(in, attributesEnd, end, IpFamily.IPV4, pathIds);
        if (withdrawn == null || announced == null) {
            return illegible(
                    ErrorCode.INVALID_NETWORK_FIELD,
                    withdrawn == null
                            ? "a withdrawn prefix is broken"
                            : "an announced prefix is broken");
        }
        AttributeReader reader = new AttributeReader(in, options, attributesEnd < end);
        reader.read(attributesStart, attributesEnd);
        Decoded.SessionError error = reader.sessionError();
        return error != null
                ? new Illegible(error)
                : new Legible(new UpdateMessage(withdrawn, reader.attributes(), announced), reader);
    }

    private static Illegible illegible(ErrorCode code, String reason) {
        return new Illegible(Decoded.error(code, reason));
    }
}

package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The first message of a session (RFC 4271 section 4.2), of version 4.
///
/// @param twoOctetAs the My Autonomous System field; [#asn] is the number that counts
/// @param holdTime whole seconds: 0, or 3 to 65535
/// @param bgpIdentifier an IPv4 address other than 0.0.0.0
/// @param capabilities in the order of the message
public record OpenMessage(
        int twoOctetAs, Duration holdTime, IpAddress bgpIdentifier, List<Capability> capabilities)
        implements BgpMessage {

    public static final int TYPE = 1;

    static final int VERSION = 4;

    private static final int MAX_HOLD_TIME = 0xffff;

    public OpenMessage {
        requireNonNull(bgpIdentifier, "bgpIdentifier");
        if (twoOctetAs <= 0 || twoOctetAs > 0xffff) {
            throw new IllegalArgumentException("No AS number of two octets: " + twoOctetAs);
        }
        if (holdTime.isNegative() || holdTime.toSeconds() > MAX_HOLD_TIME) {
            throw new IllegalArgumentException("Hold time out of range: " + holdTime);
        }
        if (bgpIdentifier.family() != IpFamily.IPV4) {
            throw new IllegalArgumentException("No BGP identifier: " + bgpIdentifier);
        }
        capabilities = List.copyOf(capabilities);
    }

    /// Our own OPEN: `capabilities` must hold a [FourOctetAsCapability] if the number needs it.
    public static OpenMessage of(
            Asn asn, Duration holdTime, IpAddress bgpIdentifier, List<Capability> capabilities) {
        Asn field = asn.fitsTwoOctets() ? asn : Asn.AS_TRANS;
        return new OpenMessage((int) field.value(), holdTime, bgpIdentifier, capabilities);
    }

    /// The sender's AS number: that of the first [FourOctetAsCapability], or the field.
    public Asn asn() {
        return capability(FourOctetAsCapability.class)
                .map(FourOctetAsCapability::asn)
                .orElseGet(() -> new Asn(twoOctetAs));
    }

    /// The first capability of this kind.
    public <T extends Capability> Optional<T> capability(Class<T> kind) {
        return capabilities.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /// The families the sender may use: those of its [MultiprotocolCapability]s, or IPv4 unicast
    /// alone if it has none.
    public List<AddressFamily> families() {
        List<AddressFamily> named =
                capabilities.stream()
                        .filter(MultiprotocolCapability.class::isInstance)
                        .map(capability -> ((MultiprotocolCapability) capability).family())
                        .distinct()
                        .toList();
        return named.isEmpty() ? List.of(AddressFamily.IPV4_UNICAST) : named;
    }

    @Override
    public int type() {
        return TYPE;
    }

    static Decoded decode(ByteBuf in, int start, int end) {
        int version = in.getUnsignedByte(start);
        if (version != VERSION) {
            return Decoded.error(
                    ErrorCode.UNSUPPORTED_VERSION,
                    Octets.of((byte) 0, (byte) VERSION),
                    "BGP version " + version);
        }
        int asn = in.getUnsignedShort(start + 1);
        if (asn == 0) {
            return Decoded.error(ErrorCode.BAD_PEER_AS, "AS 0 is nobody's (RFC 7607)");
        }
        int holdTime = in.getUnsignedShort(start + 3);
        if (holdTime == 1 || holdTime == 2) {
            return Decoded.error(
                    ErrorCode.UNACCEPTABLE_HOLD_TIME, "hold time of %d s".formatted(holdTime));
        }
        IpAddress identifier = new IpAddress(IpFamily.IPV4, 0, in.getUnsignedInt(start + 5));
        if (identifier.isUnspecified()) {
            return Decoded.error(ErrorCode.BAD_BGP_IDENTIFIER, "BGP identifier 0.0.0.0");
        }
        return switch (OpenParameters.decode(in, start + 9, end)) {
            case OpenParameters.Refused(Decoded.SessionError error) -> error;
            case OpenParameters.Capabilities(List<Capability> list) ->
                    new Decoded.Message(
                            new OpenMessage(asn, Duration.ofSeconds(holdTime), identifier, list));
        };
    }

    @Override
    public void encodeBody(ByteBuf out, WireOptions options) {
        out.writeByte(VERSION)
                .writeShort(twoOctetAs)
                .writeShort((int) holdTime.toSeconds())
                .writeInt((int) bgpIdentifier.low());
        OpenParameters.encode(out, capabilities);
    }
}

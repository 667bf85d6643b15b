package dev.twinstack.bgp.wire;

import dev.twinstack.net.Asn;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Routes that go and routes that come (RFC 4271 section 4.3). A prefix in both lists counts as
/// announced: apply the withdrawals first.
///
/// @param withdrawn IPv4 prefixes; those of other families stand in [MpUnreach]
/// @param attributes in the order of the message; the encoder puts [MpUnreach] and [MpReach] first
///   (RFC 7606 section 5.1)
/// @param announced IPv4 prefixes with [NextHop]; all others stand in [MpReach]
public record UpdateMessage(
        List<Nlri> withdrawn, List<PathAttribute> attributes, List<Nlri> announced)
        implements BgpMessage {

    public static final int TYPE = 2;

    public UpdateMessage {
        withdrawn = List.copyOf(withdrawn);
        attributes = List.copyOf(attributes);
        announced = List.copyOf(announced);
    }

    /// Says that all routes of a family have been sent (RFC 4724 section 2).
    public static UpdateMessage endOfRib(AddressFamily family) {
        return family.equals(AddressFamily.IPV4_UNICAST)
                ? new UpdateMessage(List.of(), List.of(), List.of())
                : new UpdateMessage(
                        List.of(), List.of(new MpUnreach(family, List.of())), List.of());
    }

    /// The family that an End-of-RIB ends; empty for any other UPDATE.
    public Optional<AddressFamily> endOfRib() {
        if (!withdrawn.isEmpty() || !announced.isEmpty() || attributes.size() > 1) {
            return Optional.empty();
        }
        if (attributes.isEmpty()) {
            return Optional.of(AddressFamily.IPV4_UNICAST);
        }
        return attributes.getFirst() instanceof MpUnreach(AddressFamily family, List<Nlri> none)
                        && none.isEmpty()
                ? Optional.of(family)
                : Optional.empty();
    }

    /// The first attribute of this kind.
    public <T extends PathAttribute> Optional<T> attribute(Class<T> kind) {
        for (PathAttribute attribute : attributes) {
            if (kind.isInstance(attribute)) {
                return Optional.of(kind.cast(attribute));
            }
        }
        return Optional.empty();
    }

    /// AS_PATH with the real numbers where it came from a speaker of two octets; AS4_PATH is left
    /// aside when the AGGREGATOR shows that an old speaker aggregated on the way (RFC 6793 section
    /// 4.2.3).
    public AsPath asPath() {
        AsPath path = attribute(AsPath.class).orElse(AsPath.EMPTY);
        Optional<As4Path> real = attribute(As4Path.class);
        if (real.isEmpty()) {
            return path;
        }
        boolean aggregatedByOld =
                attribute(As4Aggregator.class).isPresent()
                        && attribute(Aggregator.class)
                                .filter(aggregator -> !aggregator.asn().equals(Asn.AS_TRANS))
                                .isPresent();
        return aggregatedByOld ? path : path.mergedWith(real.get());
    }

    /// The same UPDATE with everything it announces withdrawn (RFC 7606 section 2).
    UpdateMessage asWithdrawal() {
        List<Nlri> classic = concatenated(withdrawn, announced);
        List<PathAttribute> multiprotocol = new ArrayList<>(2);
        MpUnreach unreach = attribute(MpUnreach.class).orElse(null);
        MpReach reach = attribute(MpReach.class).orElse(null);
        if (unreach != null && reach != null && unreach.family().equals(reach.family())) {
            unreach =
                    new MpUnreach(
                            unreach.family(), concatenated(unreach.withdrawn(), reach.nlri()));
            reach = null;
        }
        if (unreach != null) {
            multiprotocol.add(unreach);
        }
        if (reach != null) {
            multiprotocol.add(new MpUnreach(reach.family(), reach.nlri()));
        }
        return new UpdateMessage(classic, multiprotocol, List.of());
    }

    private static List<Nlri> concatenated(List<Nlri> first, List<Nlri> second) {
        List<Nlri> all = new ArrayList<>(first.size() + second.size());
        all.addAll(first);
        all.addAll(second);
        return all;
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public void encodeBody(ByteBuf out, WireOptions options) {
        boolean pathIds = options.addPathSent().contains(AddressFamily.IPV4_UNICAST);
        int withdrawnLength = out.writerIndex();
        out.writeShort(0);
        NlriCodec.encode(out, withdrawn, pathIds);
        out.setShort(withdrawnLength, out.writerIndex() - withdrawnLength - 2);

        int attributesLength = out.writerIndex();
        out.writeShort(0);
        AttributeEncoder.encode(out, attributes, options);
        out.setShort(attributesLength, out.writerIndex() - attributesLength - 2);

        NlriCodec.encode(out, announced, pathIds);
    }
}

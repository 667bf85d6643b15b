package dev.twinstack.bgp.wire;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Spreads prefixes over as few UPDATEs as the session's message length allows. An UPDATE either
/// announces or withdraws, in one family, and never mixes MP_REACH_NLRI with classic prefixes.
public final class UpdatePacker {

    private static final int FIXED_LENGTH = Frame.HEADER_LENGTH + 4;

    /// Flags, type and extended length of MP_REACH_NLRI or MP_UNREACH_NLRI.
    private static final int ATTRIBUTE_HEADER = 4;

    private final WireOptions options;

    public UpdatePacker(WireOptions options) {
        this.options = options;
    }

    /// Whether [#announce] could send any prefix of the family with these attributes.
    public boolean hasRoom(
            AddressFamily family, List<IpAddress> nextHops, List<PathAttribute> attributes) {
        IpFamily addresses = family.ipFamily().orElse(IpFamily.IPV6);
        Nlri longest = new Nlri(IpPrefix.host(new IpAddress(addresses, 0, 0)));
        int prefix = NlriCodec.length(longest, options.addPathSent().contains(family));
        return taken(family, nextHops, attributes) + prefix <= options.maxLength();
    }

    /// UPDATEs that announce prefixes of one family with equal attributes. IPv4 goes as classic
    /// NLRI with NEXT_HOP, and as MP_REACH_NLRI only where its next hop is IPv6 (RFC 8950), because
    /// BIRD 1.6 ignores it there.
    ///
    /// @param nextHops one, or a global and a link-local IPv6 address
    /// @param attributes all others, without any next hop
    /// @throws IllegalArgumentException if the attributes leave no room for a prefix
    public List<UpdateMessage> announce(
            AddressFamily family,
            List<IpAddress> nextHops,
            List<PathAttribute> attributes,
            List<Nlri> prefixes) {
        int taken = taken(family, nextHops, attributes);
        if (isClassic(family, nextHops)) {
            List<PathAttribute> all = withNextHop(attributes, nextHops);
            all.sort(BY_TYPE);
            return pack(prefixes, family, taken, some -> new UpdateMessage(List.of(), all, some));
        }
        List<PathAttribute> others = new ArrayList<>(attributes);
        others.sort(BY_TYPE);
        return pack(
                prefixes,
                family,
                taken,
                some -> {
                    List<PathAttribute> all = new ArrayList<>(others.size() + 1);
                    all.add(new MpReach(family, nextHops, some));
                    all.addAll(others);
                    return new UpdateMessage(List.of(), all, List.of());
                });
    }

    /// UPDATEs that withdraw prefixes of one family.
    public List<UpdateMessage> withdraw(AddressFamily family, List<Nlri> prefixes) {
        if (isClassic(family)) {
            return pack(
                    prefixes,
                    family,
                    FIXED_LENGTH,
                    some -> new UpdateMessage(some, List.of(), List.of()));
        }
        return pack(
                prefixes,
                family,
                FIXED_LENGTH + ATTRIBUTE_HEADER + MpUnreach.HEADER_LENGTH,
                some ->
                        new UpdateMessage(
                                List.of(), List.of(new MpUnreach(family, some)), List.of()));
    }

    private static final Comparator<PathAttribute> BY_TYPE =
            Comparator.comparingInt(attribute -> attribute.type().code());

    private static boolean isClassic(AddressFamily family) {
        return family.equals(AddressFamily.IPV4_UNICAST);
    }

    private static boolean isClassic(AddressFamily family, List<IpAddress> nextHops) {
        return isClassic(family) && nextHops.getFirst().family() == IpFamily.IPV4;
    }

    private static List<PathAttribute> withNextHop(
            List<PathAttribute> attributes, List<IpAddress> nextHops) {
        List<PathAttribute> all = new ArrayList<>(attributes);
        all.add(new NextHop(nextHops.getFirst()));
        return all;
    }

    /// What an announcement takes without its prefixes.
    private int taken(
            AddressFamily family, List<IpAddress> nextHops, List<PathAttribute> attributes) {
        return isClassic(family, nextHops)
                ? FIXED_LENGTH + length(withNextHop(attributes, nextHops))
                : FIXED_LENGTH
                        + length(attributes)
                        + ATTRIBUTE_HEADER
                        + new MpReach(family, nextHops, List.of()).length(options);
    }

    private interface Message {
        UpdateMessage of(List<Nlri> prefixes);
    }

    private List<UpdateMessage> pack(
            List<Nlri> prefixes, AddressFamily family, int taken, Message message) {
        boolean pathIds = options.addPathSent().contains(family);
        int room = options.maxLength() - taken;
        List<UpdateMessage> packed = new ArrayList<>();
        int first = 0;
        int used = 0;
        for (int i = 0; i < prefixes.size(); i++) {
            int length = NlriCodec.length(prefixes.get(i), pathIds);
            if (length > room) {
                throw new IllegalArgumentException(
                        "Attributes of %d octets leave no room for a prefix".formatted(taken));
            }
            if (used + length > room) {
                packed.add(message.of(prefixes.subList(first, i)));
                first = i;
                used = 0;
            }
            used += length;
        }
        if (first < prefixes.size()) {
            packed.add(message.of(prefixes.subList(first, prefixes.size())));
        }
        return packed;
    }

    private int length(List<PathAttribute> attributes) {
        ByteBuf scratch = Unpooled.buffer();
        AttributeEncoder.encode(scratch, attributes, options);
        return scratch.readableBytes();
    }
}

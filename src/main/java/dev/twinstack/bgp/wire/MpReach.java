package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// Announced prefixes of any family with their next hop (RFC 4760 section 3).
///
/// @param nextHops one address, or a global and a link-local IPv6 address (RFC 2545 section 3)
public record MpReach(AddressFamily family, List<IpAddress> nextHops, List<Nlri> nlri)
        implements PathAttribute {

    /// AFI, SAFI and the length of the next hop.
    static final int HEADER_LENGTH = 4;

    public MpReach {
        requireNonNull(family, "family");
        nextHops = List.copyOf(nextHops);
        nlri = List.copyOf(nlri);
        if (nextHops.isEmpty() || nextHops.size() > 2) {
            throw new IllegalArgumentException("One or two next hops, not " + nextHops);
        }
    }

    @Override
    public AttributeType type() {
        return AttributeType.MP_REACH_NLRI;
    }

    /// Any error costs the session, because it can't be told which prefixes were meant (RFC 7606
    /// sections 5.3 and 7.11). A family that was not negotiated stays opaque.
    static AttributeOutcome decode(ByteBuf in, int start, int end, WireOptions options) {
        if (end - start < HEADER_LENGTH) {
            return reset("only %d octets".formatted(end - start));
        }
        AddressFamily family =
                AddressFamily.of(in.getUnsignedShort(start), in.getUnsignedByte(start + 2));
        int nextHop = start + HEADER_LENGTH;
        int length = in.getUnsignedByte(start + 3);
        int reserved = nextHop + length;
        if (reserved >= end) {
            return reset("next hop of %d octets overruns the attribute".formatted(length));
        }
        IpFamily prefixes = options.families().contains(family) ? family.prefixFamily() : null;
        if (prefixes == null) {
            return new OpaqueMpReach(
                    family, Octets.read(in, nextHop, reserved), Octets.read(in, reserved + 1, end));
        }
        List<IpAddress> nextHops = nextHops(in, nextHop, length, prefixes);
        if (nextHops.isEmpty()) {
            return reset("next hop of %d octets for %s".formatted(length, family));
        }
        List<Nlri> nlri =
                NlriCodec.decode(
                        in,
                        reserved + 1,
                        end,
                        prefixes,
                        options.addPathReceived().contains(family));
        return nlri == null
                ? reset("a prefix of %s is broken".formatted(family))
                : new MpReach(family, nextHops, nlri);
    }

    private static AttributeFault reset(String reason) {
        return AttributeFault.reset(AttributeType.MP_REACH_NLRI, reason);
    }

    /// 16 or 32 octets are IPv6 for either family (RFC 8950); 4 are IPv4 for IPv4 only. Empty for
    /// any other length.
    private static List<IpAddress> nextHops(ByteBuf in, int index, int length, IpFamily prefixes) {
        return switch (length) {
            case 4 ->
                    prefixes == IpFamily.IPV4
                            ? List.of(new IpAddress(IpFamily.IPV4, 0, in.getUnsignedInt(index)))
                            : List.of();
            case 16 -> List.of(ipv6(in, index));
            case 32 -> List.of(ipv6(in, index), ipv6(in, index + 16));
            default -> List.of();
        };
    }

    private static IpAddress ipv6(ByteBuf in, int index) {
        return new IpAddress(IpFamily.IPV6, in.getLong(index), in.getLong(index + Long.BYTES));
    }

    int length(WireOptions options) {
        return HEADER_LENGTH
                + nextHops.size() * nextHops.getFirst().family().octets()
                + 1
                + NlriCodec.length(nlri, options.addPathSent().contains(family));
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        out.writeShort(family.afi()).writeByte(family.safi());
        out.writeByte(nextHops.size() * nextHops.getFirst().family().octets());
        for (IpAddress nextHop : nextHops) {
            switch (nextHop.family()) {
                case IPV4 -> out.writeInt((int) nextHop.low());
                case IPV6 -> out.writeLong(nextHop.high()).writeLong(nextHop.low());
            }
        }
        out.writeByte(0);
        NlriCodec.encode(out, nlri, options.addPathSent().contains(family));
    }
}

package dev.twinstack.bgp.wire;

import dev.twinstack.net.IpFamily;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An AFI and SAFI (RFC 4760): what kind of route a message speaks about. An open code point; only
/// the unicast families can be announced by us.
public record AddressFamily(int afi, int safi) implements Comparable<AddressFamily> {

    public static final AddressFamily IPV4_UNICAST = new AddressFamily(1, 1);
    public static final AddressFamily IPV4_MULTICAST = new AddressFamily(1, 2);
    public static final AddressFamily IPV6_UNICAST = new AddressFamily(2, 1);
    public static final AddressFamily IPV6_MULTICAST = new AddressFamily(2, 2);

    public AddressFamily {
        if (afi < 0 || afi > 0xffff || safi < 0 || safi > 0xff) {
            throw new IllegalArgumentException("No AFI/SAFI: " + afi + "/" + safi);
        }
    }

    /// The same as the constructor, without allocation for the families that have a constant.
    public static AddressFamily of(int afi, int safi) {
        if (safi == 1 && afi == 1) {
            return IPV4_UNICAST;
        }
        if (safi == 1 && afi == 2) {
            return IPV6_UNICAST;
        }
        return new AddressFamily(afi, safi);
    }

    public static AddressFamily unicast(IpFamily family) {
        return switch (family) {
            case IPV4 -> IPV4_UNICAST;
            case IPV6 -> IPV6_UNICAST;
        };
    }

    /// The family of addresses behind a unicast family; empty for all others.
    public Optional<IpFamily> ipFamily() {
        return safi == 1 ? Optional.ofNullable(prefixFamily()) : Optional.empty();
    }

    /// The family whose prefixes stand in the NLRI, null where the NLRI is no plain prefix.
    @Nullable IpFamily prefixFamily() {
        if (safi != 1 && safi != 2) {
            return null;
        }
        return switch (afi) {
            case 1 -> IpFamily.IPV4;
            case 2 -> IpFamily.IPV6;
            default -> null;
        };
    }

    @Override
    public int compareTo(AddressFamily other) {
        int byAfi = Integer.compare(afi, other.afi);
        return byAfi != 0 ? byAfi : Integer.compare(safi, other.safi);
    }

    /// In words, like `IPv6 unicast`; `AFI 25 SAFI 70` where we have none.
    @Override
    public String toString() {
        String address =
                switch (afi) {
                    case 1 -> "IPv4";
                    case 2 -> "IPv6";
                    default -> "";
                };
        String kind =
                switch (safi) {
                    case 1 -> " unicast";
                    case 2 -> " multicast";
                    case 4 -> " labeled";
                    case 128 -> " VPN";
                    default -> "";
                };
        return address.isEmpty() || kind.isEmpty()
                ? "AFI " + afi + " SAFI " + safi
                : address + kind;
    }
}

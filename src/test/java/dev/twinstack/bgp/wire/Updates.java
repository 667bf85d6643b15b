package dev.twinstack.bgp.wire;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.List;
import java.util.stream.LongStream;

/// Pieces that UPDATEs in tests are made of.
final class Updates {

    static final String ORIGIN = "40010100";
    static final String AS_PATH = "40020602010000fc58";
    static final String NEXT_HOP = "4003040a090002";

    /// 198.51.100.0/24 on the wire.
    static final String NLRI = "18c63364";

    static final Nlri PREFIX = new Nlri(IpPrefix.parse("198.51.100.0/24"));

    /// 2001:db8:77::/48 with its next hop, as MP_REACH_NLRI.
    static final String MP_REACH = "800e1c00020110fd000009000000000000000000000002003020010db80077";

    static final Nlri IPV6_PREFIX = new Nlri(IpPrefix.parse("2001:db8:77::/48"));

    static final IpAddress ROUTER = IpAddress.parse("10.9.0.2");
    static final IpAddress ROUTER_V6 = IpAddress.parse("fd00:9::2");

    static final List<PathAttribute> EXTERNAL_ROUTE =
            List.of(Origin.IGP, AsPath.sequence(new Asn(64600)));

    private Updates() {}

    /// A whole UPDATE from attributes and classic prefixes in hex.
    static String hex(String attributes, String nlri) {
        return hex("", attributes, nlri);
    }

    static String hex(String withdrawn, String attributes, String nlri) {
        int length = 23 + (withdrawn.length() + attributes.length() + nlri.length()) / 2;
        return "ff".repeat(16)
                + "%04x02%04x%s%04x%s%s"
                        .formatted(
                                length,
                                withdrawn.length() / 2,
                                withdrawn,
                                attributes.length() / 2,
                                attributes,
                                nlri);
    }

    /// This many /32 or /128.
    static List<Nlri> hosts(IpFamily family, int count) {
        IpAddress first =
                IpAddress.parse(family == IpFamily.IPV4 ? "198.18.0.0" : "2001:db8:100::");
        return LongStream.range(0, count)
                .mapToObj(i -> new Nlri(IpPrefix.host(first.plus(i))))
                .toList();
    }
}

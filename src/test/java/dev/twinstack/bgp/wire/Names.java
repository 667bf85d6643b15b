package dev.twinstack.bgp.wire;

import dev.twinstack.bgp.Community;
import java.util.Map;

/// The names that `valid.jsonl` gives to code points.
final class Names {

    private static final Map<AddressFamily, String> FAMILIES =
            Map.of(
                    AddressFamily.IPV4_UNICAST,
                    "ipv4-unicast",
                    AddressFamily.IPV4_MULTICAST,
                    "ipv4-multicast",
                    AddressFamily.IPV6_UNICAST,
                    "ipv6-unicast",
                    AddressFamily.IPV6_MULTICAST,
                    "ipv6-multicast",
                    new AddressFamily(1, 4),
                    "ipv4-labeled",
                    new AddressFamily(2, 4),
                    "ipv6-labeled",
                    new AddressFamily(1, 128),
                    "vpnv4",
                    new AddressFamily(2, 128),
                    "vpnv6",
                    new AddressFamily(25, 70),
                    "l2vpn-evpn",
                    new AddressFamily(16388, 71),
                    "bgp-ls");

    private static final Map<Long, String> COMMUNITIES =
            Map.of(
                    0xffff_0000L, "GRACEFUL_SHUTDOWN",
                    0xffff_0006L, "LLGR_STALE",
                    0xffff_0007L, "NO_LLGR",
                    0xffff_029aL, "BLACKHOLE",
                    0xffff_ff01L, "NO_EXPORT",
                    0xffff_ff02L, "NO_ADVERTISE",
                    0xffff_ff03L, "NO_EXPORT_SUBCONFED",
                    0xffff_ff04L, "NOPEER");

    private Names() {}

    static String family(AddressFamily family) {
        return FAMILIES.getOrDefault(family, "afi" + family.afi() + "/safi" + family.safi());
    }

    static AddressFamily family(String name) {
        return FAMILIES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    static String community(Community community) {
        return COMMUNITIES.getOrDefault(community.value(), community.toString());
    }
}

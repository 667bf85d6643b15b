package dev.twinstack.config;

import dev.twinstack.allocation.Pool;
import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPAdvertisementSpec;
import dev.twinstack.net.IpFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One BGPAdvertisement by itself and against the pools it announces; [LocalPrefConflicts] looks at
/// them together.
final class BgpAdvertisementReader {

    /// What communities may take of an UPDATE of 4096 octets, so that there is room for everything
    /// else.
    private static final int MAX_OCTETS = 3000;

    private static final int COMMUNITY_OCTETS = 4;
    private static final int LARGE_COMMUNITY_OCTETS = 12;

    private final PoolSelection pools;
    private final CommunityAliases aliases;
    private final Problems problems;

    BgpAdvertisementReader(PoolSelection pools, CommunityAliases aliases, Problems problems) {
        this.pools = pools;
        this.aliases = aliases;
        this.problems = problems;
    }

    Optional<BgpAdvertisement> read(BGPAdvertisement object) {
        BGPAdvertisementSpec spec =
                Optional.ofNullable(object.getSpec()).orElse(BGPAdvertisementSpec.EVERYTHING);
        checkNumbers(spec);
        problems.refuseRepeats("spec.peers", spec.peers());
        SortedSet<Community> communities = new TreeSet<>();
        SortedSet<LargeCommunity> largeCommunities = new TreeSet<>();
        readCommunities(spec.communities(), communities, largeCommunities);
        List<Pool> chosen =
                pools.choose(problems, spec.ipAddressPools(), spec.ipAddressPoolSelectors());
        BgpAdvertisement advertisement =
                new BgpAdvertisement(
                        object.getMetadata().getName(),
                        PoolSelection.names(chosen),
                        length(spec, IpFamily.IPV4),
                        length(spec, IpFamily.IPV6),
                        spec.localPref() == 0
                                ? OptionalLong.empty()
                                : OptionalLong.of(spec.localPref()),
                        communities,
                        largeCommunities,
                        Selectors.distinct(problems, "spec.nodeSelectors", spec.nodeSelectors()),
                        new HashSet<>(spec.peers()),
                        Selectors.distinct(
                                problems, "spec.serviceSelectors", spec.serviceSelectors()));
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                advertisement.withPools(
                        PoolSelection.names(
                                chosen.stream().filter(pool -> fits(spec, pool)).toList())));
    }

    private void checkNumbers(BGPAdvertisementSpec spec) {
        int ipv4 = length(spec, IpFamily.IPV4);
        int ipv6 = length(spec, IpFamily.IPV6);
        if (ipv4 < 1 || ipv4 > 32) {
            problems.invalid("spec.aggregationLength", ipv4 + " is not in 1..32");
        }
        if (ipv6 < 0 || ipv6 > 128) {
            problems.invalid("spec.aggregationLengthV6", ipv6 + " is not in 0..128");
        }
        if (spec.localPref() < 0 || spec.localPref() > 0xffff_ffffL) {
            problems.invalid("spec.localPref", spec.localPref() + " is not in 0..4294967295");
        }
        if (!spec.serviceSelectors().isEmpty() && (ipv4 != 32 || ipv6 != 128)) {
            problems.invalid(
                    "spec.serviceSelectors",
                    "an aggregate can't be announced for some of its Services only: this needs"
                            + " aggregationLength 32 and aggregationLengthV6 128");
        }
    }

    private void readCommunities(
            List<String> written,
            SortedSet<Community> communities,
            SortedSet<LargeCommunity> largeCommunities) {
        if (written.size() > MAX_OCTETS / COMMUNITY_OCTETS) {
            refuseTooMany();
            return;
        }
        problems.refuseRepeats("spec.communities", written);
        for (int i = 0; i < written.size(); i++) {
            aliases.find("spec.communities[%d]".formatted(i), written.get(i), problems)
                    .ifPresent(value -> {
                        switch (value) {
                            case CommunityAliases.Value.Standard(Community community) ->
                                    communities.add(community);
                            case CommunityAliases.Value.Large(LargeCommunity community) ->
                                    largeCommunities.add(community);
                        }
                    });
        }
        if (communities.size() * COMMUNITY_OCTETS + largeCommunities.size() * LARGE_COMMUNITY_OCTETS
                > MAX_OCTETS) {
            refuseTooMany();
        }
    }

    private void refuseTooMany() {
        problems.invalid(
                "spec.communities",
                "more than a BGP message has room for: at most %d communities, or %d large ones,"
                                .formatted(
                                        MAX_OCTETS / COMMUNITY_OCTETS,
                                        MAX_OCTETS / LARGE_COMMUNITY_OCTETS)
                        + " each large one counting for three. Let one community stand for many,"
                        + " and the router add the others");
    }

    /// An aggregate wider than a range of the pool would announce foreign addresses. The
    /// advertisement stays in force for the other pools.
    private boolean fits(BGPAdvertisementSpec spec, Pool pool) {
        for (var range : pool.ranges()) {
            int widest = range.widestPrefixLength();
            int length = length(spec, range.family());
            if (length < widest) {
                problems.conflict(
                        path(range.family()),
                        "%d is shorter than /%d, the widest prefix in %s of pool %s: that pool is not announced by this"
                                .formatted(length, widest, range, pool.name()));
                return false;
            }
        }
        return true;
    }

    private static String path(IpFamily family) {
        return switch (family) {
            case IPV4 -> "spec.aggregationLength";
            case IPV6 -> "spec.aggregationLengthV6";
        };
    }

    private static int length(BGPAdvertisementSpec spec, IpFamily family) {
        @Nullable Integer written =
                switch (family) {
                    case IPV4 -> spec.aggregationLength();
                    case IPV6 -> spec.aggregationLengthV6();
                };
        return written == null ? family.bits() : written;
    }
}

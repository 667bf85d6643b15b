package dev.twinstack.bgp;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/// What is said with a route beyond its prefix. Origin, AS path and next hop are the session's own
/// business and not in here, so routes with equal attributes share an UPDATE.
///
/// @param localPref LOCAL_PREF towards iBGP peers; empty means 100. Never sent to eBGP peers
/// @param communities together with the large ones at most 3000 octets: 750, or 250 large ones
public record RouteAttributes(
        OptionalLong localPref,
        SortedSet<Community> communities,
        SortedSet<LargeCommunity> largeCommunities) {

    /// Nothing special.
    public static final RouteAttributes NONE =
            new RouteAttributes(
                    OptionalLong.empty(),
                    Collections.emptySortedSet(),
                    Collections.emptySortedSet());

    /// What communities may take, so that an UPDATE has room for everything else.
    private static final int MAX_OCTETS = 3000;

    public RouteAttributes {
        requireNonNull(localPref, "localPref");
        if (localPref.isPresent()
                && (localPref.getAsLong() < 0 || localPref.getAsLong() > 0xffff_ffffL)) {
            throw new IllegalArgumentException("LOCAL_PREF has 32 bits");
        }
        if (communities.size() * 4 + largeCommunities.size() * 12 > MAX_OCTETS) {
            throw new IllegalArgumentException(
                    "%d communities and %d large ones are more than an UPDATE holds"
                            .formatted(communities.size(), largeCommunities.size()));
        }
        communities = frozen(communities);
        largeCommunities = frozen(largeCommunities);
    }

    private static <T extends Comparable<T>> SortedSet<T> frozen(Collection<T> elements) {
        return elements.isEmpty()
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(new TreeSet<>(elements));
    }
}

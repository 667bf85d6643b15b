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
/// @param communities together with the large ones any number: what several advertisements add up
///   to. A route with more than an UPDATE holds is withheld
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

    public RouteAttributes {
        requireNonNull(localPref, "localPref");
        if (localPref.isPresent()
                && (localPref.getAsLong() < 0 || localPref.getAsLong() > 0xffff_ffffL)) {
            throw new IllegalArgumentException("LOCAL_PREF has 32 bits");
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

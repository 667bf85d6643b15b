package dev.twinstack.announce;

import dev.twinstack.bgp.RouteAttributes;
import java.util.SortedSet;
import java.util.TreeSet;

/// Several advertisements or Services want one prefix at one peer.
final class AttributeUnion {

    private AttributeUnion() {}

    /// The communities of both and the LOCAL_PREF of the first. (Within one Service a disagreement
    /// about it is refused beforehand.)
    static RouteAttributes unite(RouteAttributes first, RouteAttributes later) {
        if (first.equals(later)) {
            return first;
        }
        return new RouteAttributes(
                first.localPref(),
                union(first.communities(), later.communities()),
                union(first.largeCommunities(), later.largeCommunities()));
    }

    private static <T extends Comparable<T>> SortedSet<T> union(
            SortedSet<T> first, SortedSet<T> second) {
        SortedSet<T> all = new TreeSet<>(first);
        all.addAll(second);
        return all;
    }
}

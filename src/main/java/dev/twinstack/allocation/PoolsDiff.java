package dev.twinstack.allocation;

import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/// What a change of the pools means. Pools by name; a renamed pool is one removed and one added.
///
/// `widened` pools are new, have more addresses, or let more Services in: only if there is one,
/// waiting and refused Services need another look. `reshaped` pools have other ranges: those who
/// wait for a host part may find it elsewhere now, even if there are fewer addresses. `moving`
/// Services hold an address that no pool has any more. `renamed` Services keep their addresses, but
/// from a pool of another name. `recheck` Services are in a pool whose rules changed, and may have
/// to move. `claims` need another decision for one of these reasons.
public record PoolsDiff(
        NavigableSet<String> added,
        NavigableSet<String> removed,
        NavigableSet<String> widened,
        NavigableSet<String> reshaped,
        NavigableSet<ServiceKey> moving,
        NavigableMap<ServiceKey, String> renamed,
        NavigableSet<ServiceKey> recheck,
        NavigableSet<ClaimKey> claims) {

    /// All Services that hold something and need another decision.
    public NavigableSet<ServiceKey> affected() {
        NavigableSet<ServiceKey> affected = new TreeSet<>(moving);
        affected.addAll(renamed.keySet());
        affected.addAll(recheck);
        return affected;
    }

    /// Whether Services that wait, or were refused for good, can now be served.
    public boolean wakesWaiting() {
        return !widened.isEmpty() || !reshaped.isEmpty();
    }
}

package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.FamilyStatus;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// [AdjRibOut] for one family. Holds three facts per prefix: what is wanted, what the peer has, and
/// whether there is something to say about it. A prefix that changes twice before it is said is
/// said once.
final class FamilyRibOut {

    private static final String TOO_LONG = "too many communities for one UPDATE";

    private final IpFamily family;
    private final Map<IpPrefix, RouteAttributes> wanted = new HashMap<>();
    private final Map<IpPrefix, RouteAttributes> sent = new HashMap<>();
    private final Set<IpPrefix> toWithdraw = new LinkedHashSet<>();
    private final Set<IpPrefix> toAnnounce = new LinkedHashSet<>();
    private final Set<IpPrefix> tooLong = new HashSet<>();
    private boolean open;
    private boolean owesEndOfRib;
    private boolean owesBeginOfRefresh;
    private boolean owesEndOfRefresh;
    private @Nullable String withheldBecause;

    FamilyRibOut(IpFamily family) {
        this.family = family;
    }

    void announce(IpPrefix prefix, RouteAttributes attributes) {
        wanted.put(prefix, attributes);
        if (open) {
            toWithdraw.remove(prefix);
            if (!attributes.equals(sent.get(prefix))) {
                toAnnounce.add(prefix);
            }
        }
    }

    void withdraw(IpPrefix prefix) {
        wanted.remove(prefix);
        toAnnounce.remove(prefix);
        tooLong.remove(prefix);
        if (sent.containsKey(prefix)) {
            toWithdraw.add(prefix);
        }
    }

    Map<IpPrefix, RouteAttributes> wanted() {
        return Collections.unmodifiableMap(wanted);
    }

    /// A session came up that can carry this family: the peer has nothing yet.
    void open() {
        close();
        open = true;
        withheldBecause = null;
        owesEndOfRib = true;
        toAnnounce.addAll(wanted.keySet());
    }

    /// A session came up that can't.
    ///
    /// @param negotiated whether the peer waits for this family's End-of-RIB all the same
    void withhold(String because, boolean negotiated) {
        close();
        withheldBecause = because;
        owesEndOfRib = negotiated;
    }

    /// The session goes on, and can't carry this family any more: the peer's routes go.
    void suspend(String because) {
        List<IpPrefix> known = List.copyOf(sent.keySet());
        toAnnounce.clear();
        tooLong.clear();
        toWithdraw.addAll(known);
        open = false;
        owesBeginOfRefresh = false;
        owesEndOfRefresh = false;
        withheldBecause = because;
    }

    /// The session goes on, and can carry this family again. Withdrawals that [#suspend] owed may
    /// not have gone out: what is not wanted any more still goes, all else is said anew.
    void resume() {
        open = true;
        withheldBecause = null;
        owesEndOfRib = true;
        toWithdraw.clear();
        sent.keySet().stream().filter(p -> !wanted.containsKey(p)).forEach(toWithdraw::add);
        toAnnounce.addAll(wanted.keySet());
    }

    boolean isOpen() {
        return open;
    }

    /// The session is gone, and with it all that the peer had.
    void close() {
        open = false;
        owesEndOfRib = false;
        owesBeginOfRefresh = false;
        owesEndOfRefresh = false;
        withheldBecause = null;
        sent.clear();
        tooLong.clear();
        toAnnounce.clear();
        toWithdraw.clear();
    }

    /// Everything once more.
    void sendAgain() {
        if (open) {
            toAnnounce.addAll(wanted.keySet());
        }
    }

    /// The same, said to be whole: what is not in it the peer forgets (RFC 7313).
    void sendAgainInBrackets() {
        if (open) {
            owesBeginOfRefresh = true;
            owesEndOfRefresh = true;
            sendAgain();
        }
    }

    boolean hasPending() {
        return owesEndOfRib || owesEndOfRefresh || pending() > 0;
    }

    /// Takes up to `limit` prefixes from the pending ones: withdrawals first, so that a message
    /// never has to say two things about a prefix. What has no room in an UPDATE is withheld, and
    /// withdrawn if the peer has it from before.
    ///
    /// @param hasRoom whether a route with these attributes fits an UPDATE
    List<Batch> take(int limit, Predicate<RouteAttributes> hasRoom) {
        List<Batch> batches = new ArrayList<>();
        if (owesBeginOfRefresh) {
            owesBeginOfRefresh = false;
            batches.add(new Batch.BeginOfRefresh(family));
        }
        List<IpPrefix> withdrawn = poll(toWithdraw, limit);
        if (!withdrawn.isEmpty()) {
            withdrawn.forEach(sent::remove);
            batches.add(new Batch.Withdraw(family, withdrawn));
        }
        Map<RouteAttributes, List<IpPrefix>> groups = new LinkedHashMap<>();
        for (IpPrefix prefix : poll(toAnnounce, limit - withdrawn.size())) {
            RouteAttributes attributes = wanted.getOrDefault(prefix, RouteAttributes.NONE);
            groups.computeIfAbsent(attributes, _ -> new ArrayList<>()).add(prefix);
        }
        groups.forEach((attributes, prefixes) -> {
            if (hasRoom.test(attributes)) {
                announce(attributes, prefixes, batches);
            } else {
                withhold(prefixes, batches);
            }
        });
        if (pending() == 0) {
            sayComplete(batches);
        }
        return batches;
    }

    private void announce(
            RouteAttributes attributes, List<IpPrefix> prefixes, List<Batch> batches) {
        for (IpPrefix prefix : prefixes) {
            sent.put(prefix, attributes);
            tooLong.remove(prefix);
        }
        batches.add(new Batch.Announce(family, attributes, prefixes));
    }

    private void withhold(List<IpPrefix> prefixes, List<Batch> batches) {
        tooLong.addAll(prefixes);
        List<IpPrefix> known = prefixes.stream().filter(p -> sent.remove(p) != null).toList();
        if (!known.isEmpty()) {
            batches.add(new Batch.Withdraw(family, known));
        }
    }

    private void sayComplete(List<Batch> batches) {
        if (owesEndOfRib) {
            owesEndOfRib = false;
            batches.add(new Batch.EndOfRib(family));
        }
        if (owesEndOfRefresh) {
            owesEndOfRefresh = false;
            batches.add(new Batch.EndOfRefresh(family));
        }
    }

    /// Nothing to say about a family nobody wants anything of.
    boolean isIdle() {
        return wanted.isEmpty() && !open && withheldBecause == null;
    }

    FamilyStatus status() {
        if (withheldBecause != null) {
            return new FamilyStatus(0, 0, wanted.size(), Optional.of(withheldBecause));
        }
        return new FamilyStatus(
                sent.size(),
                open ? pending() : wanted.size(),
                tooLong.size(),
                tooLong.isEmpty() ? Optional.empty() : Optional.of(TOO_LONG),
                tooLong);
    }

    private int pending() {
        return toWithdraw.size() + toAnnounce.size();
    }

    private static List<IpPrefix> poll(Set<IpPrefix> prefixes, int limit) {
        List<IpPrefix> taken = new ArrayList<>(Math.min(prefixes.size(), limit));
        Iterator<IpPrefix> rest = prefixes.iterator();
        while (rest.hasNext() && taken.size() < limit) {
            taken.add(rest.next());
            rest.remove();
        }
        return taken;
    }
}

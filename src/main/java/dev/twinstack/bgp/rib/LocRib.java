package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.ReceivedRoute;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.ClusterList;
import dev.twinstack.bgp.wire.OriginatorId;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All peers' routes side by side, the best of each prefix first, by the order of RFC 4271 section
/// 9.1: LOCAL_PREF, AS path length, origin, MED among routes of one neighbouring AS, eBGP before
/// iBGP, BGP identifier, address of the peer. For routes that were reflected, as RFC 4456 section 9
/// has it, the identifier is that of the originator, and fewer clusters come before the address.
public final class LocRib {

    private static final long DEFAULT_LOCAL_PREF = 100;

    private static final Comparator<Candidate> DEGREE =
            Comparator.<Candidate>comparingLong(
                            one -> -one.path.localPref().orElse(DEFAULT_LOCAL_PREF))
                    .thenComparingInt(one -> one.path.asPath().length())
                    .thenComparing(one -> one.path.origin());

    private static final Comparator<Candidate> ORDER =
            DEGREE.thenComparing(one -> one.session.internal())
                    .thenComparing(Candidate::identifier)
                    .thenComparingInt(Candidate::clusters)
                    .thenComparing(one -> one.peer.settings().address())
                    .thenComparing(one -> one.peer.settings().name());

    private record Candidate(AdjRibIn peer, Negotiated session, Path path) {

        IpAddress identifier() {
            return path.attribute(OriginatorId.class)
                    .map(OriginatorId::bgpIdentifier)
                    .orElse(session.remoteRouterId());
        }

        int clusters() {
            return path.attribute(ClusterList.class)
                    .map(list -> list.clusterIds().size())
                    .orElse(0);
        }
    }

    private LocRib() {}

    /// A snapshot, ordered by prefix, then by preference.
    public static List<ReceivedRoute> routes(Collection<AdjRibIn> peers) {
        Map<IpPrefix, List<Candidate>> table = new TreeMap<>();
        peers.forEach(peer -> peer.session().ifPresent(session -> collect(peer, session, table)));
        List<ReceivedRoute> routes = new ArrayList<>();
        table.forEach((prefix, candidates) -> {
            Candidate best = best(candidates);
            routes.add(route(prefix, best, true));
            candidates.stream()
                    .filter(other -> !other.equals(best))
                    .sorted(ORDER)
                    .forEach(other -> routes.add(route(prefix, other, false)));
        });
        return routes;
    }

    private static void collect(
            AdjRibIn peer, Negotiated session, Map<IpPrefix, List<Candidate>> table) {
        peer.routes()
                .forEach((prefix, path) ->
                        table.computeIfAbsent(prefix, _ -> new ArrayList<>())
                                .add(new Candidate(peer, session, path)));
    }

    /// MED only compares routes of one neighbouring AS, so it gives no order of all: a route is out
    /// when an equally good one from its own neighbour has a lower MED.
    private static Candidate best(List<Candidate> candidates) {
        return candidates.stream()
                .filter(one -> candidates.stream().noneMatch(other -> hasLowerMed(other, one)))
                .min(ORDER)
                .orElseThrow();
    }

    private static boolean hasLowerMed(Candidate other, Candidate one) {
        return DEGREE.compare(other, one) == 0
                && other.path.asPath().first().equals(one.path.asPath().first())
                && other.path.med().orElse(0) < one.path.med().orElse(0);
    }

    private static ReceivedRoute route(IpPrefix prefix, Candidate candidate, boolean best) {
        Path path = candidate.path;
        return new ReceivedRoute(
                prefix,
                candidate.peer.settings().name(),
                candidate.peer.settings().address(),
                candidate.session.remoteAsn(),
                path.nextHops(),
                path.asPath().toString(),
                path.origin().name(),
                path.med(),
                path.localPref(),
                path.communities(),
                path.largeCommunities(),
                AttributeText.of(path.attributes()),
                best);
    }
}

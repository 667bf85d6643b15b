package dev.twinstack.operator.speaker;

import dev.twinstack.bfd.BfdDown;
import dev.twinstack.bfd.BfdEvents;
import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.SessionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// What BFD means for BGP (RFC 5882): a path that breaks ends the BGP sessions over it at once; one
/// that comes up hurries them. A session that either side keeps down on purpose is no failure, and
/// BGP never waits for BFD to come up: a router without BFD is served as before.
///
/// FRR makes its BFD session anew when BGP comes up, and says Down once while at it. So what the
/// peer says within [#YOUNG] of a BGP session's start counts only if BFD has not come up again
/// after [#GRACE]. What we see ourselves counts at once, always.
///
/// Thread-safe.
final class PathFailures implements BfdEvents, BgpEvents {

    static final Duration YOUNG = Duration.ofSeconds(10);
    static final Duration GRACE = Duration.ofSeconds(4);

    /// The BGP sessions.
    interface Sessions {

        void pathDown(String peer, String why);

        void pathUp(String peer);
    }

    private final Sessions bgp;
    private final InstantSource clock;
    private final BiConsumer<Duration, Runnable> later;
    private final Map<String, Instant> established = new HashMap<>();
    private final Set<BfdPath> up = new HashSet<>();
    private Map<BfdPath, Set<String>> peers = Map.of();

    /// @param later runs something after a while, on another thread
    PathFailures(Sessions bgp, InstantSource clock, BiConsumer<Duration, Runnable> later) {
        this.bgp = bgp;
        this.clock = clock;
        this.later = later;
    }

    /// Who relies on which path from now on.
    synchronized void peers(Map<BfdPath, Set<String>> byPath) {
        peers = Map.copyOf(byPath);
        up.retainAll(peers.keySet());
    }

    @Override
    public synchronized void sessionUp(SessionStatus session) {
        established.put(session.peer(), clock.instant());
    }

    @Override
    public synchronized void sessionUp(BfdPath path) {
        up.add(path);
        peersOf(path).forEach(bgp::pathUp);
    }

    @Override
    public synchronized void sessionDown(BfdPath path, BfdDown down) {
        up.remove(path);
        if (!down.isFailure()) {
            return;
        }
        for (String peer : peersOf(path)) {
            if (down.cause() == BfdDown.Cause.PEER && isYoung(peer)) {
                later.accept(GRACE, () -> endUnlessUp(path, peer, down));
            } else {
                bgp.pathDown(peer, down.reason());
            }
        }
    }

    private synchronized void endUnlessUp(BfdPath path, String peer, BfdDown down) {
        if (!up.contains(path) && peersOf(path).contains(peer)) {
            bgp.pathDown(peer, down.reason());
        }
    }

    private boolean isYoung(String peer) {
        Instant since = established.get(peer);
        return since != null && clock.instant().isBefore(since.plus(YOUNG));
    }

    private Set<String> peersOf(BfdPath path) {
        return peers.getOrDefault(path, Set.of());
    }
}

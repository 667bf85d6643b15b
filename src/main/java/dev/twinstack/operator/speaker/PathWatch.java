package dev.twinstack.operator.speaker;

import dev.twinstack.bfd.BfdDown;
import dev.twinstack.bfd.BfdEvents;
import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSpeaker;
import dev.twinstack.bfd.BfdStatus;
import dev.twinstack.bgp.BgpEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// BFD of this node: the engine, and what its news mean for BGP. Thread-safe.
final class PathWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PathWatch.class);

    private final PathFailures failures;
    private final BfdSpeaker bfd;
    private volatile BfdSetup setup = new BfdSetup(Map.of(), Map.of(), List.of());

    /// @param news called when a session went up or down
    PathWatch(PathFailures.Sessions bgp, Runnable news) {
        failures = new PathFailures(bgp, InstantSource.system(), PathWatch::later);
        bfd =
                new BfdSpeaker(
                        new BfdEvents() {
                            @Override
                            public void sessionUp(BfdPath path) {
                                failures.sessionUp(path);
                                news.run();
                            }

                            @Override
                            public void sessionDown(BfdPath path, BfdDown down) {
                                failures.sessionDown(path, down);
                                news.run();
                            }
                        });
    }

    /// To hear of the BGP sessions.
    BgpEvents bgpEvents() {
        return failures;
    }

    /// The sessions from now on.
    void set(BfdSetup wanted) {
        for (PeerSetup.Problem problem : wanted.problems()) {
            if (!setup.problems().contains(problem)) {
                log.atWarn()
                        .addKeyValue("peer", problem.peer())
                        .addKeyValue("reason", problem.reason())
                        .log("BFD is not as configured");
            }
        }
        setup = wanted;
        failures.peers(wanted.peers());
        bfd.setSessions(wanted.sessions().values());
    }

    List<BfdStatus> sessions() {
        return bfd.sessions();
    }

    /// The session that a BGP peer relies on.
    ///
    /// @param among what [#sessions] said
    Optional<BfdStatus> of(String peer, List<BfdStatus> among) {
        Map<BfdPath, Set<String>> peers = setup.peers();
        return among.stream()
                .filter(status -> peers.getOrDefault(status.path(), Set.of()).contains(peer))
                .findFirst();
    }

    @Override
    public void close() {
        bfd.close();
    }

    private static void later(Duration wait, Runnable task) {
        Thread.ofVirtual()
                .name("bfd-grace")
                .start(() -> {
                    try {
                        Thread.sleep(wait);
                        task.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}

package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bfd.BfdDown;
import dev.twinstack.bfd.BfdDown.Cause;
import dev.twinstack.bfd.BfdPath;
import dev.twinstack.net.IpAddress;
import dev.twinstack.operator.testing.SessionStatuses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What BFD's news mean for the BGP session `tor` (RFC 5882).
class PathFailuresTest implements PathFailures.Sessions {

    private static final BfdPath PATH = BfdPath.to(IpAddress.parse("192.0.2.1"));

    private final List<String> told = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final PathFailures failures =
            new PathFailures(this, () -> now, (wait, task) -> waiting.add(task));

    @Override
    public void pathDown(String peer, String why) {
        told.add(peer + " down: " + why);
    }

    @Override
    public void pathUp(String peer) {
        told.add(peer + " up");
    }

    @BeforeEach
    void bothAreUp() {
        failures.peers(Map.of(PATH, Set.of("tor")));
        failures.sessionUp(SessionStatuses.ipv4Only());
        failures.sessionUp(PATH);
        told.clear();
    }

    @Test
    void aPathThatComesUpHurriesItsPeers() {
        failures.sessionUp(PATH);

        assertThat(told).containsExactly("tor up");
    }

    @Test
    void silenceEndsTheSessionAtOnce() {
        failures.sessionDown(PATH, new BfdDown(Cause.PATH, "no packet for 150 ms"));

        assertThat(told).containsExactly("tor down: no packet for 150 ms");
    }

    @Test
    void whatIsDownOnPurposeIsNoFailure() {
        failures.sessionDown(PATH, new BfdDown(Cause.PEER_ADMIN, "on purpose"));
        failures.sessionDown(PATH, new BfdDown(Cause.LOCAL_ADMIN, "on purpose"));

        assertThat(told).isEmpty();
        assertThat(waiting).isEmpty();
    }

    @Test
    void thePeersWordEndsAnOldSessionAtOnce() {
        now = now.plus(PathFailures.YOUNG);

        failures.sessionDown(PATH, new BfdDown(Cause.PEER, "peer is down"));

        assertThat(told).containsExactly("tor down: peer is down");
    }

    @Test
    void thePeersWordEndsAYoungSessionOnlyIfBfdStaysDown() {
        failures.sessionDown(PATH, new BfdDown(Cause.PEER, "peer is down"));
        assertThat(told).isEmpty();

        waiting.forEach(Runnable::run);

        assertThat(told).containsExactly("tor down: peer is down");
    }

    @Test
    void bfdThatIsBackAfterTheGraceEndsNothing() {
        failures.sessionDown(PATH, new BfdDown(Cause.PEER, "peer is down"));
        now = now.plus(Duration.ofSeconds(1));
        failures.sessionUp(PATH);

        waiting.forEach(Runnable::run);

        assertThat(told).containsExactly("tor up");
    }

    @Test
    void aPeerThatReliesOnThePathNoLongerIsLeftAlone() {
        failures.sessionDown(PATH, new BfdDown(Cause.PEER, "peer is down"));
        failures.peers(Map.of());

        waiting.forEach(Runnable::run);

        assertThat(told).isEmpty();
    }
}

package dev.twinstack.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.net.IpAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two speakers over real sockets, each at an address of its own of the loopback net.
class SpeakerToSpeakerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMillis(300);

    /// Of this process alone: tests of others may run on the same machine.
    private static final long NET = 0x7f00_0000L | (ProcessHandle.current().pid() & 0x7fff) << 8;

    private static final byte[] DOWN_PACKET =
            HexFormat.of().parseHex("204003180000000100000000000f4240000493e000000000");

    private final IpAddress left = IpAddress.ofIpv4((int) NET + 1);
    private final IpAddress right = IpAddress.ofIpv4((int) NET + 2);
    private final Recorder leftEvents = new Recorder();
    private final Recorder rightEvents = new Recorder();
    private BfdSpeaker leftSpeaker;
    private BfdSpeaker rightSpeaker;

    private static final class Recorder implements BfdEvents {

        final List<BfdDown> downs = new CopyOnWriteArrayList<>();
        final List<BfdPath> ups = new CopyOnWriteArrayList<>();

        @Override
        public void sessionUp(BfdPath path) {
            ups.add(path);
        }

        @Override
        public void sessionDown(BfdPath path, BfdDown down) {
            downs.add(down);
        }
    }

    @BeforeEach
    void start() {
        leftSpeaker = new BfdSpeaker(leftEvents);
        rightSpeaker = new BfdSpeaker(rightEvents);
    }

    @AfterEach
    void stop() {
        leftSpeaker.close();
        rightSpeaker.close();
    }

    @Test
    void sessionComesUpAndNegotiates() {
        leftSpeaker.setSessions(List.of(toRight(false).every(INTERVAL, 4)));
        rightSpeaker.setSessions(List.of(toLeft(false).every(INTERVAL.multipliedBy(2), 5)));

        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    BfdStatus status = leftSpeaker.sessions().getFirst();
                    assertThat(status.isUp()).isTrue();
                    assertThat(status.transmitInterval()).isEqualTo(INTERVAL.multipliedBy(2));
                    assertThat(status.detectionTime()).contains(INTERVAL.multipliedBy(10));
                });
        assertThat(leftEvents.ups).containsExactly(toRight(false).path());
    }

    @Test
    void multihopAndAuthenticated() {
        BfdKey key = BfdKey.of(BfdKey.Kind.METICULOUS, 1, "secret");

        leftSpeaker.setSessions(List.of(toRight(true).every(INTERVAL, 5).withKey(key)));
        rightSpeaker.setSessions(List.of(toLeft(true).every(INTERVAL, 5).withKey(key)));

        awaitUp(leftSpeaker);
        awaitUp(rightSpeaker);
    }

    @Test
    void wrongKeyIsCountedAndNothingComesUp() {
        leftSpeaker.setSessions(
                List.of(toRight(false).withKey(BfdKey.of(BfdKey.Kind.KEYED, 1, "one"))));
        rightSpeaker.setSessions(
                List.of(toLeft(false).withKey(BfdKey.of(BfdKey.Kind.KEYED, 1, "other"))));

        await().atMost(PATIENCE)
                .until(() -> leftSpeaker.sessions().getFirst().counters().discarded() >= 2);
        assertThat(leftSpeaker.sessions().getFirst().state()).isEqualTo(BfdState.DOWN);
        assertThat(leftSpeaker.sessions().getFirst().counters().controlReceived()).isZero();
    }

    @Test
    void closingIsNoFailureForThePeer() {
        leftSpeaker.setSessions(List.of(toRight(false).every(INTERVAL, 5)));
        rightSpeaker.setSessions(List.of(toLeft(false).every(INTERVAL, 5)));
        awaitUp(leftSpeaker);
        awaitUp(rightSpeaker);

        rightSpeaker.close();

        await().atMost(PATIENCE).until(() -> !leftEvents.downs.isEmpty());
        assertThat(leftEvents.downs.getFirst().cause()).isEqualTo(BfdDown.Cause.PEER_ADMIN);
        assertThat(leftEvents.downs.getFirst().isFailure()).isFalse();
    }

    @Test
    void otherIntervalsAreNegotiatedWithoutGoingDown() {
        leftSpeaker.setSessions(List.of(toRight(false).every(INTERVAL, 5)));
        rightSpeaker.setSessions(List.of(toLeft(false).every(INTERVAL, 5)));
        awaitUp(leftSpeaker);
        awaitUp(rightSpeaker);

        leftSpeaker.setSessions(List.of(toRight(false).every(INTERVAL.multipliedBy(2), 5)));

        await().atMost(PATIENCE)
                .until(
                        () -> rightSpeaker.sessions().getFirst().transmitInterval(),
                        INTERVAL.multipliedBy(2)::equals);
        assertThat(leftEvents.downs).isEmpty();
        assertThat(rightEvents.downs).isEmpty();
    }

    @Test
    void packetsFromFartherAwayAreNotTaken() throws IOException {
        leftSpeaker.setSessions(List.of(toRight(false)));

        try (DatagramSocket stranger =
                new DatagramSocket(new InetSocketAddress(right.toInetAddress(), 0))) {
            // The kernel's usual TTL of 64: RFC 5881 section 5 wants 255.
            DatagramPacket packet =
                    new DatagramPacket(DOWN_PACKET, DOWN_PACKET.length, left.toInetAddress(), 3784);
            await().atMost(PATIENCE)
                    .until(() -> {
                        // More than once: the socket is opened in the speaker's own time.
                        stranger.send(packet);
                        return leftSpeaker.sessions().getFirst().counters().discarded() > 0;
                    });
        }

        BfdStatus status = leftSpeaker.sessions().getFirst();
        assertThat(status.state()).isEqualTo(BfdState.DOWN);
        assertThat(status.counters().controlReceived()).isZero();
        assertThat(status.lastDown())
                .contains(
                        "packets from the peer are discarded: TTL 64 is less than the 255 asked for");
    }

    @Test
    void takenPortIsSaid() {
        leftSpeaker.setSessions(List.of(toRight(false)));
        await().atMost(PATIENCE)
                .until(() -> leftSpeaker.sessions().getFirst().counters().controlSent() > 0);

        rightSpeaker.setSessions(List.of(BfdSettings.of(BfdPath.to(right).from(left))));

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(rightSpeaker.sessions().getFirst().lastDown())
                                .hasValueSatisfying(text ->
                                        assertThat(text)
                                                .contains("UDP port 3784")
                                                .contains("another BFD daemon")));
    }

    private void awaitUp(BfdSpeaker speaker) {
        await().atMost(PATIENCE).until(() -> speaker.sessions().getFirst().isUp());
    }

    private BfdSettings toRight(boolean multihop) {
        return settings(left, right, multihop);
    }

    private BfdSettings toLeft(boolean multihop) {
        return settings(right, left, multihop);
    }

    private static BfdSettings settings(IpAddress from, IpAddress to, boolean multihop) {
        BfdPath path = BfdPath.to(to).from(from);
        return BfdSettings.of(new BfdPath(to, path.local(), path.device(), multihop));
    }
}

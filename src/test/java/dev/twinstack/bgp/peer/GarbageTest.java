package dev.twinstack.bgp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.bgp.testing.SessionHarness;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever octets come: a session answers garbage with a NOTIFICATION and comes back; it never
/// stalls, and never throws.
class GarbageTest {

    private static final int RUNS = 2000;

    enum Phase {
        OPEN_SENT,
        OPEN_CONFIRM,
        ESTABLISHED
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void garbageEndsInANotificationAndAReconnect(Phase phase) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            // Given
            SessionHarness harness = harness();
            Link link = enter(harness, phase);
            byte[] garbage = new byte[19 + random.nextInt(5000)];
            random.nextBytes(garbage);

            // When
            harness.receive(link, garbage);

            // Then
            String hint = "seed %d run %d".formatted(seed, run);
            assertThat(harness.network.isClosed(link)).as(hint).isTrue();
            assertThat(harness.sent(link).getLast())
                    .as(hint)
                    .isInstanceOf(NotificationMessage.class);
            assertComesBack(harness, link, hint);
        }
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void aRightHeaderAroundGarbageNeverStallsTheSession(Phase phase) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            // Given
            SessionHarness harness = harness();
            Link link = enter(harness, phase);

            // When
            harness.receive(link, framed(random));

            // Then
            String hint = "seed %d run %d".formatted(seed, run);
            if (harness.network.isClosed(link)) {
                assertComesBack(harness, link, hint);
            } else {
                harness.pass(Duration.ofMinutes(5));
                assertThat(harness.network.isClosed(link)).as(hint).isTrue();
            }
        }
    }

    /// A KEEPALIVE in OPEN_CONFIRM and the like are legal; the silence after it is not.
    private static byte[] framed(Random random) {
        int length = 19 + random.nextInt(200);
        byte[] message = new byte[length];
        random.nextBytes(message);
        Arrays.fill(message, 0, 16, (byte) 0xff);
        message[16] = (byte) (length >> 8);
        message[17] = (byte) length;
        message[18] = (byte) (1 + random.nextInt(5));
        return message;
    }

    private static SessionHarness harness() {
        return new SessionHarness(
                PeerSettings.builder("peer", IpAddress.parse("10.9.0.2"))
                        .localAsn(new Asn(64512))
                        .peerAsn(PeerAsn.exactly(64600))
                        .routerId(IpAddress.parse("10.9.0.1"))
                        .build(),
                new Asn(64600));
    }

    private static Link enter(SessionHarness harness, Phase phase) {
        return switch (phase) {
            case OPEN_SENT -> harness.openSent();
            case OPEN_CONFIRM -> {
                Link link = harness.openSent();
                harness.receive(link, harness.open(AddressFamily.IPV4_UNICAST));
                assertThat(harness.state()).isEqualTo(SessionState.OPEN_CONFIRM);
                yield link;
            }
            case ESTABLISHED -> harness.established();
        };
    }

    private static void assertComesBack(SessionHarness harness, Link before, String hint) {
        harness.pass(Duration.ofSeconds(1));
        Link again = harness.connect();
        assertThat(again).as(hint).isNotEqualTo(before);
        harness.establish(again, AddressFamily.IPV6_UNICAST);
        List<BgpMessage> sent = harness.sent(again);
        assertThat(harness.state())
                .as("%s, sent %s", hint, sent)
                .isEqualTo(SessionState.ESTABLISHED);
    }
}

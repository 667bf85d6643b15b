package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LabRouter;
import dev.twinstack.testing.lab.LanExtension;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A peer that sends what it must not, beside a real FRR whose session and routes must not notice.
@ExtendWith({LabExtension.class, LanExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpeakerHostilePeerIT {

    private static final String MARKER = "ff".repeat(16);

    private final SpeakerScene scene;
    private final LabRouter witness;
    private final RawPeer hostile;

    SpeakerHostilePeerIT(LabCluster cluster, LabLan lan) throws IOException {
        witness = lan.router("frr", "witness", 130, witnessConfig());
        hostile = new RawPeer();
        scene = new SpeakerScene(cluster, "hostile-node");
    }

    @BeforeAll
    void connect() throws IOException {
        scene.peer("witness", "peerASN: 64500, peerAddress: %s".formatted(witness.ipv4()));
        scene.awaitEstablished("witness");
        scene.service("web", "198.51.100.10", "2001:db8:51::10");
        await().atMost(SpeakerScene.SOON).until(this::witnessHasBothRoutes);
        scene.peer(
                "hostile",
                "peerASN: 64666, peerAddress: 127.0.0.1, peerPort: %d, connectTime: 1s"
                        .formatted(hostile.port()));
    }

    @AfterAll
    void stop() throws IOException {
        scene.close();
        hostile.close();
        witness.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "garbage instead of a header, 47455420202f20485454502f312e310d0a0d0a0000, 0101",
        "a header of an impossible length, ffffffffffffffffffffffffffffffff000004, 0102",
        "an unknown type of message, ffffffffffffffffffffffffffffffff0013fe, 0103",
        "an UPDATE whose withdrawn routes overrun it, ffffffffffffffffffffffffffffffff001702ffff0000,"
                + " 0301",
        "an UPDATE whose attributes overrun it, ffffffffffffffffffffffffffffffff0017020000ffff,"
                + " 0301",
        "an UPDATE with a prefix of 33 bits, ffffffffffffffffffffffffffffffff001d020000000021cb00710101,"
                + " 030a",
    })
    void aBrokenMessageEndsItsOwnSessionAndNoOther(String name, String hex, String notification)
            throws IOException {
        // Given
        String before = witnessConnections();
        hostile.establish();

        // When
        hostile.send(hex);

        // Then it is told what is wrong, and the connection ends
        assertThat(hostile.awaitMessage(RawPeer.NOTIFICATION)).startsWith(notification);
        hostile.awaitClose();
        // And people are
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() ->
                        assertThat(scene.session("hostile").orElseThrow().lastError())
                                .isNotEmpty());
        // And the other session has not noticed
        assertThat(witnessConnections()).isEqualTo(before);
        assertThat(witnessHasBothRoutes()).isTrue();
    }

    @Test
    void anAttributeErrorThatCanBeRepairedKeepsTheSession() throws IOException {
        // Given
        hostile.establish();

        // When an UPDATE comes with an ORIGIN of 9, which RFC 7606 wants treated as a withdrawal
        hostile.send(
                MARKER
                        + "002d02" // length, type
                        + "0000" // nothing withdrawn
                        + "0012"
                        + "40010109" // ORIGIN 9
                        + "4002040201fc9a" // AS_PATH 64666
                        + "400304c0000242" // NEXT_HOP 192.0.2.66
                        + "18cb0071"); // 203.0.113.0/24
        hostile.send(MARKER + "001304");

        // Then the session goes on: a broken message is still answered
        hostile.send("00".repeat(19));
        assertThat(hostile.awaitMessage(RawPeer.NOTIFICATION)).startsWith("0101");
        hostile.awaitClose();
    }

    private boolean witnessHasBothRoutes() {
        return witness.show("show bgp ipv4 unicast").contains("198.51.100.10/32")
                && witness.show("show bgp ipv6 unicast").contains("2001:db8:51::10/128");
    }

    private String witnessConnections() {
        return witness.show("show bgp neighbors")
                .lines()
                .filter(line -> line.contains("Connections established"))
                .findFirst()
                .orElseThrow();
    }

    private static String witnessConfig() {
        return """
        frr defaults traditional
        router bgp 64500
         bgp router-id 10.66.0.130
         no bgp ebgp-requires-policy
         neighbor 10.66.0.1 remote-as 64512
         neighbor 10.66.0.1 passive
         address-family ipv6 unicast
          neighbor 10.66.0.1 activate
         exit-address-family
        """;
    }
}

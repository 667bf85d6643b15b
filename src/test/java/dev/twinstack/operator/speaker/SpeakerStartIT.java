package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a starting speaker says, and in which order.
@ExtendWith(LabExtension.class)
class SpeakerStartIT {

    private static final String END_OF_IPV4 = "00000000";
    private static final String END_OF_IPV6 = "00000006800f03000201";

    @Test
    void everythingIsAnnouncedBeforeEndOfRibAndNothingTakenBack(LabCluster cluster)
            throws IOException {
        try (RawPeer peer = new RawPeer();
                SpeakerScene scene = new SpeakerScene(cluster, "start-node")) {
            // Given Services of both families, and a speaker that is not there
            scene.stopSpeaker();
            for (int host = 1; host <= 20; host++) {
                scene.service("web" + host, "198.51.100." + host, "2001:db8:51::" + host);
            }
            scene.peer(
                    "raw",
                    "peerASN: 64666, peerAddress: 127.0.0.1, peerPort: %d".formatted(peer.port()));

            // When it starts
            scene.startSpeaker();
            peer.handshake();

            // Then all routes come first, then End-of-RIB of each family
            List<String> updates = new ArrayList<>();
            while (!updates.contains(END_OF_IPV4) || !updates.contains(END_OF_IPV6)) {
                updates.add(peer.awaitMessage(RawPeer.UPDATE));
            }
            String routes = String.join(" ", updates);
            for (int host = 1; host <= 20; host++) {
                assertThat(routes).contains("20c63364%02x".formatted(host));
            }
            assertThat(updates)
                    .allSatisfy(update -> assertThat(update).startsWith("0000"))
                    .filteredOn(update -> update.contains("800f"))
                    .containsExactly(END_OF_IPV6);
        }
    }
}

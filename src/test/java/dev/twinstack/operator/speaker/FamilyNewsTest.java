package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.DrainState;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.operator.ServiceEvent;
import dev.twinstack.operator.testing.SessionStatuses;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamilyNewsTest {

    private final List<String> sent = new ArrayList<>();
    private final List<BGPPeer> peers = new ArrayList<>(List.of(peer("other"), peer("tor")));
    private final FamilyNews news = new FamilyNews("n1", () -> peers, this::record);

    @Test
    void aFamilyThatIsNotSentIsToldOnce() {
        news.look(sessions());
        news.look(sessions());

        assertThat(sent)
                .containsExactly(
                        "tor FamilyNotSent Warning node n1: 2 IPv6 routes are not sent: the peer"
                                + " did not offer IPv6");
    }

    @Test
    void aSessionThatFlapsIsNoNews() {
        news.look(sessions());

        news.look(List.of(SessionReport.of("n1", SessionStatuses.inState(SessionState.ACTIVE))));
        news.look(sessions());

        assertThat(sent).hasSize(1);
    }

    @Test
    void aDrainIsNoMatterOfTheFamily() {
        news.look(List.of(SessionReport.of("n1", SessionStatuses.ipv4Only(DrainState.DRAINING))));

        assertThat(sent).isEmpty();
    }

    @Test
    void isToldWhenTheBgpPeerIsThere() {
        peers.clear();
        news.look(sessions());
        peers.add(peer("tor"));

        news.look(sessions());

        assertThat(sent).hasSize(1);
    }

    private void record(BGPPeer about, ServiceEvent event) {
        sent.add(
                "%s %s %s %s"
                        .formatted(
                                about.getMetadata().getName(),
                                event.reason(),
                                event.type(),
                                event.text()));
    }

    private static List<BGPSessionStatus> sessions() {
        return List.of(SessionReport.of("n1", SessionStatuses.ipv4Only()));
    }

    private static BGPPeer peer(String name) {
        BGPPeer peer = new BGPPeer();
        peer.setMetadata(new ObjectMetaBuilder().withName(name).build());
        return peer;
    }
}

package dev.twinstack.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class BgpPeerConversionTest {

    private static final String V1BETA1 = "metallb.io/v1beta1";
    private static final String V1BETA2 = "metallb.io/v1beta2";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everythingOfV1beta2SurvivesARoundTrip() throws JsonProcessingException {
        ObjectNode peer =
                peer(
                        V1BETA2,
                        """
                        {"myASN": 64512, "dynamicASN": "external", "interface": "eth1",
                         "localASN": 65410, "connectTime": "5s", "peerPort": 179, "vrf": "red",
                         "passwordSecret": {"name": "router"}, "enableGracefulRestart": false,
                         "dualStackAddressFamily": true, "fieldOfALaterVersion": [1]}\
                        """);

        ObjectNode older = BgpPeerConversion.convert(peer, V1BETA1);

        assertThat(older.at("/spec/vrf").isMissingNode()).isTrue();
        assertThat(older.at("/spec/peerASN").asLong()).isZero();
        assertThat(older.at("/spec/peerAddress").asText()).isEmpty();
        assertThat(BgpPeerConversion.convert(older, V1BETA2)).isEqualTo(peer);
    }

    @Test
    void defaultsLeaveNoAnnotation() throws JsonProcessingException {
        ObjectNode peer =
                peer(
                        V1BETA2,
                        """
                        {"myASN": 1, "peerASN": 2, "peerAddress": "192.0.2.1", "peerPort": 179,
                         "disableMP": false, "dualStackAddressFamily": false}\
                        """);

        ObjectNode older = BgpPeerConversion.convert(peer, V1BETA1);

        assertThat(older.path("metadata").has("annotations")).isFalse();
        assertThat(older.path("spec"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"myASN": 1, "peerASN": 2, "peerAddress": "192.0.2.1",
                                 "peerPort": 179}\
                                """));
    }

    @Test
    void whatWasWrittenInV1beta1WinsOverWhatWasPutAway() throws JsonProcessingException {
        ObjectNode older =
                BgpPeerConversion.convert(
                        peer(
                                V1BETA2,
                                """
                                {"myASN": 1, "dynamicASN": "external", "interface": "eth1",
                                 "passwordSecret": {"name": "router"}}\
                                """),
                        V1BETA1);
        ((ObjectNode) older.path("spec"))
                .put("peerASN", 2)
                .put("peerAddress", "192.0.2.1")
                .put("password", "hunter2");

        assertThat(BgpPeerConversion.convert(older, V1BETA2).path("spec"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"myASN": 1, "peerASN": 2, "peerAddress": "192.0.2.1",
                                 "password": "hunter2"}\
                                """));
    }

    @Test
    void portZeroOfV1beta1IsTheDefault() throws JsonProcessingException {
        ObjectNode newer =
                BgpPeerConversion.convert(
                        peer(
                                V1BETA1,
                                """
                                {"myASN": 1, "peerASN": 2, "peerAddress": "192.0.2.1",
                                 "peerPort": 0}\
                                """),
                        V1BETA2);

        assertThat(newer.path("spec").has("peerPort")).isFalse();
    }

    @Test
    void annotationOfAStrangerIsDropped() throws JsonProcessingException {
        ObjectNode peer =
                peer(V1BETA1, "{\"myASN\": 1, \"peerASN\": 2, \"peerAddress\": \"192.0.2.1\"}");
        ((ObjectNode) peer.path("metadata"))
                .putObject("annotations")
                .put("kept", "yes")
                .put(BgpPeerConversion.ANNOTATION, "{not json");

        ObjectNode newer = BgpPeerConversion.convert(peer, V1BETA2);

        assertThat(newer.at("/metadata/annotations"))
                .isEqualTo(JSON.readTree("{\"kept\":\"yes\"}"));
        assertThat(newer.path("spec")).isEqualTo(peer.path("spec"));
    }

    @Test
    void unknownVersionsAreRefused() throws JsonProcessingException {
        ObjectNode peer = peer(V1BETA2, "{\"myASN\": 1}");

        assertThatThrownBy(() -> BgpPeerConversion.convert(peer, "metallb.io/v1"))
                .hasMessage("BGPPeer has no version \"metallb.io/v1\"");
    }

    private static ObjectNode peer(String apiVersion, String spec) throws JsonProcessingException {
        ObjectNode peer = JSON.createObjectNode();
        peer.put("apiVersion", apiVersion).put("kind", "BGPPeer");
        peer.putObject("metadata").put("name", "router").put("namespace", "metallb-system");
        peer.set("spec", JSON.readTree(spec));
        return peer;
    }
}

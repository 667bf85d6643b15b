package dev.twinstack.admission.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversionTest {

    private static final ObjectMapper JSON = new JsonMapper();

    @Test
    void whatTheOldVersionHasNoPlaceForSurvivesTheWayThereAndBack() throws IOException {
        // Given
        JsonNode original =
                peer(
                        PeerConversion.V1BETA2,
                        JSON.readTree(
                                """
                                {"myASN": 1, "dynamicASN": "external", "interface": "eth0",
                                 "passwordSecret": {"name": "s"}, "connectTime": "5s", "vrf": "red"}
                                """));

        // When
        JsonNode old = only(review(PeerConversion.V1BETA1, original));
        JsonNode back = only(review(PeerConversion.V1BETA2, old));

        // Then
        assertThat(old.path("spec").toString())
                .isEqualTo("{\"myASN\":1,\"peerASN\":0,\"peerAddress\":\"\"}");
        assertThat(back).isEqualTo(original);
    }

    @Test
    void anOldClientThatSaysOtherwiseIsHeard() throws IOException {
        // Given
        ObjectNode old =
                (ObjectNode)
                        only(
                                review(
                                        PeerConversion.V1BETA1,
                                        peer(
                                                PeerConversion.V1BETA2,
                                                JSON.readTree(
                                                        """
                                                        {"myASN": 1, "dynamicASN": "external",
                                                         "interface": "eth0", "vrf": "red"}
                                                        """))));
        old.withObject("/spec").put("peerASN", 2).put("peerAddress", "192.0.2.1");

        // When
        JsonNode spec = only(review(PeerConversion.V1BETA2, old)).path("spec");

        // Then
        assertThat(spec)
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"myASN": 1, "peerASN": 2, "peerAddress": "192.0.2.1", "vrf": "red"}
                                """));
    }

    @Test
    void aForgedMemoryIsNoReasonToFail() throws IOException {
        for (String memory : List.of("nonsense", "[]", "7", "", "{\"myASN\": 9}")) {
            // Given
            ObjectNode old =
                    peer(PeerConversion.V1BETA1, JSON.readTree("{\"myASN\": 1, \"peerASN\": 2}"));
            old.withObject("/metadata/annotations").put(PeerConversion.ANNOTATION, memory);

            // When
            JsonNode converted = only(review(PeerConversion.V1BETA2, old));

            // Then
            assertThat(converted.path("spec").toString()).isEqualTo("{\"myASN\":1,\"peerASN\":2}");
            assertThat(converted.path("metadata").has("annotations")).isFalse();
        }
    }

    @Test
    void oneObjectThatCanNotBeConvertedFailsTheReview() throws IOException {
        // Given
        ObjectNode peer = peer(PeerConversion.V1BETA1, JSON.createObjectNode());
        ObjectNode stranger = peer("metallb.io/v1alpha1", JSON.createObjectNode());

        // When
        JsonNode response = review(PeerConversion.V1BETA2, peer, stranger);

        // Then
        assertThat(response.path("convertedObjects")).isEmpty();
        assertThat(response.path("uid").asText()).isEqualTo("u-1");
        assertThat(response.path("result").toString())
                .isEqualTo(
                        "{\"status\":\"Failed\",\"message\":\"BGPPeer can't be converted from"
                                + " metallb.io/v1alpha1 to metallb.io/v1beta2\"}");
    }

    @Test
    void orderAndMetadataStay() throws IOException {
        // Given
        ObjectNode one = peer(PeerConversion.V1BETA1, JSON.readTree("{\"myASN\": 1}"));
        ObjectNode two = peer(PeerConversion.V1BETA2, JSON.readTree("{\"myASN\": 2}"));
        two.withObject("/metadata").put("name", "two").put("resourceVersion", "7");

        // When
        JsonNode response = review(PeerConversion.V1BETA2, one, two);

        // Then
        assertThat(response.at("/convertedObjects/0/spec/myASN").asInt()).isEqualTo(1);
        assertThat(response.at("/convertedObjects/0/apiVersion").asText())
                .isEqualTo(PeerConversion.V1BETA2);
        assertThat(response.at("/convertedObjects/1")).isEqualTo(two);
    }

    static JsonNode review(String version, JsonNode... objects) {
        ObjectNode review = JSON.createObjectNode();
        ObjectNode request = review.putObject("request");
        request.put("uid", "u-1").put("desiredAPIVersion", version);
        request.putArray("objects").addAll(List.of(objects));
        return Conversion.convert(review).path("response");
    }

    private static JsonNode only(JsonNode response) {
        assertThat(response.at("/result/status").asText()).isEqualTo("Success");
        assertThat(response.path("convertedObjects")).hasSize(1);
        return response.at("/convertedObjects/0");
    }

    private static ObjectNode peer(String version, JsonNode spec) {
        ObjectNode peer = JSON.createObjectNode();
        peer.put("apiVersion", version).put("kind", "BGPPeer");
        peer.putObject("metadata").put("name", "one");
        peer.set("spec", spec);
        return peer;
    }
}

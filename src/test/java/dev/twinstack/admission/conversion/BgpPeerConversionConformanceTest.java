package dev.twinstack.admission.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.testing.conformance.Fields;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of `peer_conversion` in `conformance/misc.json`.
class BgpPeerConversionConformanceTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TestFactory
    Stream<DynamicTest> cases() {
        return Fields.file("misc.json").objects("peer_conversion").stream()
                .map(each -> dynamicTest(each.text("summary"), () -> check(each)));
    }

    private static void check(Fields each) {
        // Given
        each.remarks(
                "summary",
                "source",
                "note",
                "derived",
                "upstream_flaw",
                "upstream_result",
                "recommended");
        // When
        JsonNode spec =
                converted(each.text("from"), each.text("to"), each.raw("spec")).path("spec");
        // Then
        for (var expected : each.raw("expect").properties()) {
            if (expected.getValue().asText().equals("absent")) {
                assertThat(spec.has(expected.getKey())).as(expected.getKey()).isFalse();
            } else {
                assertThat(spec.path(expected.getKey()))
                        .as(expected.getKey())
                        .isEqualTo(expected.getValue());
            }
        }
        if (each.text("to").equals(PeerConversion.V1BETA1)) {
            assertThat(spec).isEqualTo(each.raw("expect"));
        }
        each.end();
    }

    private static JsonNode converted(String from, String to, JsonNode spec) {
        ObjectNode peer = JSON.createObjectNode().put("apiVersion", from).put("kind", "BGPPeer");
        peer.putObject("metadata").put("name", "router");
        peer.set("spec", spec);
        JsonNode converted = ConversionTest.review(to, peer).path("convertedObjects");
        assertThat(converted).hasSize(1);
        return converted.get(0);
    }
}

package dev.twinstack.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// `peer_conversion` of `misc.json`. A field expected to be `absent` is; a complete expectation has
/// `myASN` and must be met exactly.
class BgpPeerConversionConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> KNOWN =
            Set.of(
                    "summary",
                    "from",
                    "to",
                    "spec",
                    "expect",
                    "source",
                    "note",
                    "derived",
                    "upstream_flaw",
                    "upstream_result",
                    "recommended");

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        Path file =
                Path.of(
                        System.getProperty("conformance.dir", "src/test/resources/conformance"),
                        "misc.json");
        return StreamSupport.stream(
                        JSON.readTree(file.toFile()).path("peer_conversion").spliterator(), false)
                .map(each ->
                        DynamicTest.dynamicTest(each.path("summary").asText(), () -> check(each)));
    }

    private static void check(JsonNode each) {
        assertThat(each.fieldNames()).toIterable().allMatch(KNOWN::contains);
        ObjectNode peer = JSON.createObjectNode().put("apiVersion", each.path("from").asText());
        peer.set("spec", each.path("spec"));

        JsonNode spec = BgpPeerConversion.convert(peer, each.path("to").asText()).path("spec");

        JsonNode expected = each.path("expect");
        if (expected.has("myASN")) {
            assertThat(spec).isEqualTo(expected);
        } else {
            expected.properties()
                    .forEach(field -> {
                        assertThat(field.getValue().asText()).isEqualTo("absent");
                        assertThat(spec.has(field.getKey())).isFalse();
                    });
        }
    }
}

package dev.twinstack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.twinstack.testing.conformance.Fields;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of `conformance/legacy_configmap.json`: MetalLB's old ConfigMap becomes objects. Each
/// is read twice, with its texts quoted and with as few quotes as YAML 1.2 needs.
class LegacyConfigMapConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper QUOTED = new YAMLMapper();
    private static final ObjectMapper PLAIN =
            YAMLMapper.builder().enable(YAMLGenerator.Feature.MINIMIZE_QUOTES).build();

    /// What an object says by leaving it out; MetalLB's converter does, our models don't always.
    private static final Map<String, Set<String>> SAME_AS_ABSENT =
            Map.of(
                    "avoidBuggyIPs", Set.of("false"),
                    "ebgpMultiHop", Set.of("false"),
                    "disableMP", Set.of("false"),
                    "dualStackAddressFamily", Set.of("false"),
                    "localPref", Set.of("0"));

    @TestFactory
    Stream<DynamicTest> cases() {
        return Fields.file("legacy_configmap.json").objects("cases").stream()
                .flatMap(each ->
                        Stream.of(
                                dynamicTest(each.text("id"), () -> check(each, QUOTED)),
                                dynamicTest(each.text("id") + " plain", () -> check(each, PLAIN))));
    }

    private static void check(Fields each, ObjectMapper yaml) throws JsonProcessingException {
        // Given
        each.remarks("id", "summary", "source", "derived", "upstream_flaw", "metallb", "note");
        JsonNode config = each.raw("config");
        String text = config.isTextual() ? config.textValue() : yaml.writeValueAsString(config);
        Fields whole = each.objectOrEmpty("whole_configmap");
        String namespace = whole.text("namespace", "metallb-system");
        ConfigMap map = configMap(namespace, whole.text("name", LegacyConfig.NAME), text);
        // When
        LegacyConfig read = LegacyConfig.of(map);
        // Then
        assertThat(read.errors()).isEmpty();
        assertThat(read.objects().stream().map(LegacyConfigMapConformanceTest::written).toList())
                .isEqualTo(expected(each.raw("expect")));
        if (whole.has("objects")) {
            assertThat(read.objects()).hasSize((int) whole.number("objects"));
        }
        assertThat(read.objects())
                .allMatch(object -> object.getMetadata().getNamespace().equals(namespace));
        whole.end();
        each.end();
    }

    private static ConfigMap configMap(String namespace, String name, String text) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .addToData(LegacyConfig.KEY, text)
                .build();
    }

    private static Map<String, JsonNode> written(Object object) {
        try {
            return sorted(JSON.readTree(JSON.writeValueAsString(object)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Map<String, JsonNode>> expected(JsonNode expect) {
        assertThat(expect.isArray()).isTrue();
        return StreamSupport.stream(expect.spliterator(), false)
                .map(LegacyConfigMapConformanceTest::sorted)
                .toList();
    }

    private static Map<String, JsonNode> sorted(JsonNode object) {
        Map<String, JsonNode> fields = new TreeMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        if (object.path("spec") instanceof ObjectNode spec) {
            spec.properties()
                    .removeIf(field ->
                            SAME_AS_ABSENT
                                    .getOrDefault(field.getKey(), Set.of())
                                    .contains(field.getValue().asText()));
        }
        return fields;
    }
}

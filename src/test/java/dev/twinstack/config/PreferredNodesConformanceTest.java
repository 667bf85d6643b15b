package dev.twinstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.config.ConfigValidationCases.NodeLabels;
import dev.twinstack.config.ConfigValidationCases.PreferredNodesCase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The weights of `preferredNodeSelectors`.
class PreferredNodesConformanceTest {

    @TestFactory
    Stream<DynamicTest> cases() {
        return ConfigValidationCases.read().preferredNodes().stream()
                .map(each -> DynamicTest.dynamicTest(each.id(), () -> check(each)));
    }

    private static void check(PreferredNodesCase each) {
        List<HasMetadata> objects =
                written(each).stream().map(ConfigValidationCases::object).toList();

        ConfigResult result = ConfigLoader.load(ConfigObjects.of(objects));

        if (Boolean.FALSE.equals(each.expect().accept())) {
            assertThat(result.errors()).isNotEmpty();
            assertThat(result.config().layer2Advertisements()).isEmpty();
            return;
        }
        assertThat(result.errors()).isEmpty();
        List<Map<String, Integer>> scores = new ArrayList<>();
        for (Layer2Advertisement advertisement : result.config().layer2Advertisements()) {
            scores.add(scores(each, advertisement));
            if (each.expect().eligible() != null) {
                assertThat(eligible(each, advertisement)).isEqualTo(each.expect().eligible());
            }
        }
        if (each.expect().scores() != null) {
            assertThat(scores).containsExactly(each.expect().scores());
        }
        if (each.expect().perAdvertisement() != null) {
            assertThat(scores).isEqualTo(each.expect().perAdvertisement());
        }
    }

    private static List<JsonNode> written(PreferredNodesCase each) {
        List<JsonNode> written = new ArrayList<>();
        if (each.pools() != null) {
            written.addAll(each.pools());
        }
        if (each.advertisement() != null) {
            written.add(each.advertisement());
        }
        if (each.advertisements() != null) {
            written.addAll(each.advertisements());
        }
        if (each.preferredNodeSelectors() != null) {
            ObjectNode advertisement = new ObjectMapper().createObjectNode();
            advertisement.put("apiVersion", "metallb.io/v1beta1").put("kind", "L2Advertisement");
            advertisement.putObject("metadata").put("name", each.id());
            advertisement
                    .putObject("spec")
                    .set("preferredNodeSelectors", each.preferredNodeSelectors());
            written.add(advertisement);
        }
        return written;
    }

    /// Where the case gives the eligible nodes, nodeSelectors are out of play.
    private static List<String> eligible(
            PreferredNodesCase each, Layer2Advertisement advertisement) {
        return each.nodes().stream()
                .filter(node -> isEligible(each, advertisement, node))
                .map(NodeLabels::name)
                .toList();
    }

    private static boolean isEligible(
            PreferredNodesCase each, Layer2Advertisement advertisement, NodeLabels node) {
        return each.eligible() == null
                ? advertisement.selectsNode(node.labels())
                : each.eligible().contains(node.name());
    }

    private static Map<String, Integer> scores(
            PreferredNodesCase each, Layer2Advertisement advertisement) {
        Map<String, Integer> scores = new TreeMap<>();
        for (NodeLabels node : each.nodes()) {
            int score = advertisement.preference(node.labels());
            if (score > 0 && isEligible(each, advertisement, node)) {
                scores.put(node.name(), score);
            }
        }
        return scores;
    }
}

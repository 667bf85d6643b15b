package dev.twinstack.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.bgp.testing.ConformanceFile;
import dev.twinstack.bgp.testing.VectorFile;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The texts of communities in `conformance/bgp_wire.json`, and their order.
class BgpWireCommunitiesConformanceTest {

    private static final String LARGE = "large:";

    @TestFactory
    Stream<DynamicTest> communities() {
        return ConformanceFile.tests(
                "communities", "text", BgpWireCommunitiesConformanceTest::check);
    }

    private static void check(JsonNode one) {
        VectorFile.requireKnown(
                one, Set.of("text", "expect", "source", "derived", "upstream_flaw", "metallb"));
        String text = one.get("text").textValue();
        JsonNode expect = one.get("expect");
        VectorFile.requireKnown(expect, Set.of("accept", "kind", "canonical", "note"));
        if (!expect.get("accept").booleanValue()) {
            assertThatThrownBy(() -> parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + text + "\"");
            return;
        }
        Object community = parse(text);
        if (expect.has("kind")) {
            assertThat(community instanceof LargeCommunity ? "large" : "standard")
                    .isEqualTo(expect.get("kind").textValue());
        }
        if (expect.has("canonical")) {
            assertThat(community).hasToString(expect.get("canonical").textValue());
        }
    }

    @TestFactory
    Stream<DynamicTest> order() {
        return ConformanceFile.tests(
                "order",
                "left",
                one -> {
                    VectorFile.requireKnown(
                            one, Set.of("left", "right", "expect", "source", "derived"));
                    LargeCommunity left = asLarge(one.get("left").textValue());
                    LargeCommunity right = asLarge(one.get("right").textValue());
                    assertThat(left.compareTo(right) < 0)
                            .isEqualTo(one.get("expect").booleanValue());
                });
    }

    private static Object parse(String text) {
        return text.startsWith(LARGE) ? LargeCommunity.parse(text) : Community.parse(text);
    }

    private static LargeCommunity asLarge(String text) {
        return switch (parse(text)) {
            case Community community -> new LargeCommunity(community.value(), 0, 0);
            case Object large -> (LargeCommunity) large;
        };
    }
}

package dev.twinstack.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Community texts against MetalLB's own cases (`conformance/bgp_wire.json`).
class CommunityTest {

    @TestFactory
    Stream<DynamicTest> textsAreAcceptedOrRefusedAsInMetalLb() throws IOException {
        Path file = Path.of(System.getProperty("conformance.dir")).resolve("bgp_wire.json");
        JsonNode cases = new ObjectMapper().readTree(Files.readString(file)).get("communities");
        assertThat(cases).isNotEmpty();
        return StreamSupport.stream(cases.spliterator(), false)
                .map(one ->
                        DynamicTest.dynamicTest(
                                "\"" + one.get("text").asText() + "\"", () -> check(one)));
    }

    @Test
    void standardCommunitiesAreOrderedNumerically() {
        assertThat(Community.of(0, 1234)).isLessThan(Community.of(0, 2345));
        assertThat(Community.of(1, 0)).isGreaterThan(Community.of(0, 65535));
    }

    @Test
    void largeCommunitiesAreOrderedPartByPart() {
        assertThat(LargeCommunity.parse("large:1234:0:0"))
                .isLessThan(LargeCommunity.parse("large:1234:0:1"));
        assertThat(LargeCommunity.parse("large:1235:0:0"))
                .isGreaterThan(LargeCommunity.parse("large:1234:1:0"));
    }

    private static void check(JsonNode one) {
        String text = one.get("text").asText();
        JsonNode expect = one.get("expect");
        if (expect.get("accept").asBoolean()) {
            assertThat(parse(text)).isEqualTo(expect.get("canonical").asText());
        } else {
            assertThatThrownBy(() -> parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + text + "\"");
        }
    }

    private static String parse(String text) {
        return text.startsWith("large:")
                ? LargeCommunity.parse(text).toString()
                : Community.parse(text).toString();
    }
}

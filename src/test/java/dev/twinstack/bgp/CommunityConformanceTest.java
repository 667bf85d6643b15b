package dev.twinstack.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.twinstack.testing.conformance.Fields;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of `communities` in `conformance/bgp_wire.json`: which texts are communities.
class CommunityConformanceTest {

    @TestFactory
    Stream<DynamicTest> cases() {
        return Fields.file("bgp_wire.json").objects("communities").stream()
                .map(each -> dynamicTest("\"" + each.text("text") + "\"", () -> check(each)));
    }

    private static void check(Fields each) {
        // Given
        each.remarks("source", "derived", "note", "upstream_flaw", "metallb");
        String text = each.text("text");
        Fields expect = each.object("expect");
        // Then
        if (expect.flag("accept", false)) {
            assertThat(parse(text)).isEqualTo(expect.text("canonical"));
            assertThat(text.startsWith("large:") ? "large" : "standard")
                    .isEqualTo(expect.text("kind"));
        } else {
            assertThatThrownBy(() -> parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + text + "\"");
        }
        expect.remarks("note");
        expect.end();
        each.end();
    }

    private static String parse(String text) {
        return text.startsWith("large:")
                ? LargeCommunity.parse(text).toString()
                : Community.parse(text).toString();
    }
}

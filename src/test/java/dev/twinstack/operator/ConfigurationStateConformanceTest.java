package dev.twinstack.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.config.ConfigError;
import dev.twinstack.config.ConfigLoader;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.BGPPeerSpec;
import dev.twinstack.crd.Condition;
import dev.twinstack.crd.ConfigurationState.Result;
import dev.twinstack.crd.ConfigurationState.Status;
import dev.twinstack.testing.conformance.Fields;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of `configuration_state` and `configuration_report` in `conformance/misc.json`.
class ConfigurationStateConformanceTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @TestFactory
    Stream<DynamicTest> states() {
        return Fields.file("misc.json").objects("configuration_state").stream()
                .map(each -> dynamicTest(each.text("summary"), () -> checkState(each)));
    }

    private static void checkState(Fields each) {
        // Given
        each.remarks("summary", "source", "derived", "note");
        List<Condition> conditions = conditions(each.raw("conditions"));
        Fields expect = each.object("expect");
        // When
        Status status = ConfigurationStateReport.status(conditions);
        // Then
        assertThat(status.result()).isEqualTo(result(expect.text("result")));
        assertThat(Objects.requireNonNullElse(status.errorSummary(), ""))
                .isEqualTo(expect.text("errorSummary"));
        expect.end();
        each.end();
    }

    private static List<Condition> conditions(JsonNode written) {
        List<Condition> conditions = new ArrayList<>();
        if (written.isTextual()) {
            assertThat(written.textValue()).isEqualTo("none");
            return conditions;
        }
        for (JsonNode one : written) {
            conditions.add(
                    new Condition(
                            one.get(0).asText(),
                            Condition.Status.valueOf(one.get(1).asText().toUpperCase(Locale.ROOT)),
                            null,
                            NOW.toString(),
                            "Reason",
                            one.get(2).asText()));
        }
        return conditions;
    }

    private static Result result(String text) {
        return Result.valueOf(text.toUpperCase(Locale.ROOT));
    }

    @TestFactory
    Stream<DynamicTest> reports() {
        return Fields.file("misc.json").objects("configuration_report").stream()
                .map(each -> dynamicTest(each.text("summary"), () -> checkReport(each)));
    }

    private static void checkReport(Fields each) {
        // Given
        each.remarks("summary", "source", "derived", "note");
        Fields expect = each.object("expect");
        expect.remarks("retry", "reprocess_all");
        if (each.text("handler").equals("error")) {
            // An exception, see docs/conformance.md: nobody can refuse what was read.
            expect.remarks("condition", "reason", "message");
            each.text("resources");
            return;
        }
        // When
        List<ConfigError> errors = errors(each.text("resources"));
        Condition condition =
                ConfigurationStateReport.status(errors, null, NOW).conditions().getFirst();
        // Then
        assertThat(Serialization.asJson(condition.status()))
                .isEqualTo("\"" + expect.text("condition") + "\"");
        assertThat(condition.reason()).isEqualTo(expect.text("reason"));
        if (expect.text("message").isEmpty()) {
            assertThat(condition.message()).isEmpty();
        } else {
            // In words of our own that say the same, see docs/conformance.md.
            assertThat(condition.message()).contains("peer1", "myASN");
        }
        expect.end();
        each.end();
    }

    private static List<ConfigError> errors(String resources) {
        return switch (resources) {
            case "valid" -> List.of();
            case "peer without local ASN" -> {
                BGPPeer peer = new BGPPeer();
                peer.setMetadata(new ObjectMetaBuilder().withName("peer1").build());
                peer.setSpec(
                        Serialization.unmarshal(
                                "{\"peerASN\": 64513, \"peerAddress\": \"192.0.2.1\"}",
                                BGPPeerSpec.class));
                yield ConfigLoader.load(ConfigObjects.of(List.of(peer))).errors();
            }
            default -> throw new AssertionError("unknown resources " + resources);
        };
    }
}

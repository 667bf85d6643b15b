package dev.twinstack.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.twinstack.config.ConfigError;
import dev.twinstack.crd.Condition;
import dev.twinstack.crd.ConfigurationState.Result;
import dev.twinstack.crd.ConfigurationState.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationStateReportTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final ConfigError PEER =
            new ConfigError(
                    "BGPPeer metallb-system/tor",
                    "spec.bfdProfile",
                    "there is no BFDProfile fast",
                    ConfigError.Kind.MISSING_REFERENCE);

    @Test
    void aConfigurationWithoutErrorsIsValid() {
        Status status = ConfigurationStateReport.status(List.of(), null, NOW);

        assertThat(status.result()).isEqualTo(Result.VALID);
        assertThat(status.errorSummary()).isNull();
        assertThat(status.conditions())
                .extracting(Condition::status)
                .containsOnly(Condition.Status.TRUE);
    }

    @Test
    void anErrorIsNamedWhereItConcerns() {
        Status status = ConfigurationStateReport.status(List.of(PEER), null, NOW);

        assertThat(status.result()).isEqualTo(Result.INVALID);
        assertThat(status.errorSummary()).isEqualTo(PEER.toString());
        assertThat(status.conditions())
                .extracting(Condition::type, Condition::status)
                .containsExactly(
                        tuple("configReconcilerValid", Condition.Status.FALSE),
                        tuple("poolReconcilerValid", Condition.Status.TRUE));
    }

    @Test
    void aConditionKeepsTheTimeItBegan() {
        // Given an error
        Status before = ConfigurationStateReport.status(List.of(PEER), null, NOW);

        // When it is still there later
        Status after = ConfigurationStateReport.status(List.of(PEER), before, NOW.plusSeconds(60));

        // Then nothing has changed, so nothing is written
        assertThat(after).isEqualTo(before);
    }
}

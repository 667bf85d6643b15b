package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpkeepStepsTest {

    private final UpkeepSteps steps = new UpkeepSteps();
    private final List<String> done = new ArrayList<>();

    @Test
    void oneThatFailsKeepsNoOtherBack() {
        // Given
        boolean refused =
                steps.attempt(
                        "refused",
                        () -> {
                            throw new KubernetesClientException("no");
                        });
        boolean broken =
                steps.attempt(
                        "broken",
                        () -> {
                            throw new IllegalStateException("no");
                        });

        // When
        boolean last = steps.attempt("last", () -> done.add("last"));

        // Then
        assertThat(List.of(refused, broken, last)).containsExactly(false, false, true);
        assertThat(done).containsExactly("last");
    }
}

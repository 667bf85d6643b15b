package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.admission.ServiceReader;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.operator.ExplainAnswer;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceReasonsTest {

    private static final ServiceKey KEY = new ServiceKey("shop", "web");
    private static final Service STORED =
            new ServiceBuilder()
                    .withNewMetadata()
                    .withNamespace("shop")
                    .withName("web")
                    .endMetadata()
                    .withNewSpec()
                    .withType("ClusterIP")
                    .endSpec()
                    .build();

    @Test
    void aServiceInANamespaceNotYetSeenIsNotMissing() {
        assertThat(answer(Optional.of(STORED), Optional.empty()))
                .isInstanceOf(ExplainAnswer.LabelsUnknown.class);
        assertThat(answer(Optional.of(STORED), Optional.of(Map.of())))
                .isInstanceOf(ExplainAnswer.Found.class);
        assertThat(answer(Optional.empty(), Optional.of(Map.of())))
                .isInstanceOf(ExplainAnswer.NoService.class);
    }

    private static ExplainAnswer answer(
            Optional<Service> stored, Optional<Map<String, String>> labels) {
        return ServiceReasons.answer(
                KEY,
                stored,
                namespace -> labels,
                new ServiceReader(""),
                new AddressBook(
                        () -> Instant.EPOCH, Duration.ofSeconds(10), service -> {}, claim -> {}));
    }
}

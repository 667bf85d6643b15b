package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpAddress;
import dev.twinstack.operator.controller.ServiceOutcome.Journey;
import dev.twinstack.operator.controller.ServiceOutcome.Problem;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceStatusEditTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    private static final ServiceOutcome BOTH =
            new ServiceOutcome(
                    List.of(IpAddress.parse("192.0.2.1"), IpAddress.parse("2001:db8::1")),
                    Optional.of("lan"),
                    Optional.empty(),
                    new Journey.None());

    private final Service bare =
            new ServiceBuilder()
                    .withNewMetadata()
                    .withNamespace("default")
                    .withName("web")
                    .withResourceVersion("7")
                    .addToAnnotations("owner", "me")
                    .endMetadata()
                    .build();

    @Test
    void writesAddressesPoolAndAnnotationsAndLeavesTheRest() {
        // When
        Service edited = ServiceStatusEdit.edit(bare, BOTH, NOW).orElseThrow();

        // Then
        assertThat(edited.getStatus().getLoadBalancer().getIngress())
                .extracting(LoadBalancerIngress::getIp)
                .containsExactly("192.0.2.1", "2001:db8::1");
        assertThat(edited.getStatus().getLoadBalancer().getIngress())
                .extracting(LoadBalancerIngress::getIpMode)
                .containsOnlyNulls();
        assertThat(edited.getMetadata().getAnnotations())
                .containsEntry("owner", "me")
                .containsEntry("metallb.io/ip-allocated-from-pool", "lan")
                .containsEntry("twinstack.dev/addresses", "192.0.2.1,2001:db8::1");
        assertThat(edited.getMetadata().getResourceVersion()).isEqualTo("7");
    }

    /// The reconciler gets the object of the cache itself.
    @Test
    void theServiceItWasMadeFromStaysAsItWas() {
        // Given a Service that has everything that is edited
        ServiceOutcome waiting =
                new ServiceOutcome(
                        List.of(IpAddress.parse("192.0.2.1")),
                        Optional.of("lan"),
                        Optional.of(new Problem("PoolExhausted", "no IPv6 free")),
                        new Journey.None());
        Service cached = ServiceStatusEdit.edit(bare, waiting, NOW).orElseThrow();
        String before = Serialization.asJson(cached);

        // When everything changes
        Optional<Service> served = ServiceStatusEdit.edit(cached, BOTH, LATER);
        Optional<Service> cleared = ServiceStatusEdit.edit(cached, ServiceOutcome.NOTHING, LATER);

        // Then
        assertThat(served).isPresent();
        assertThat(cleared).isPresent();
        assertThat(Serialization.asJson(cached)).isEqualTo(before);
    }

    @Test
    void aServiceThatSaysItAlreadyIsNotWritten() {
        // Given a Service that was written once, and to which the API server added its default
        Service written = ServiceStatusEdit.edit(bare, BOTH, NOW).orElseThrow();
        written.getStatus().getLoadBalancer().getIngress().forEach(one -> one.setIpMode("VIP"));

        // When
        Optional<Service> again = ServiceStatusEdit.edit(written, BOTH, LATER);

        // Then
        assertThat(again).isEmpty();
    }

    @Test
    void takesAwayAllThatIsOursAndNothingElse() {
        // Given
        Service written = ServiceStatusEdit.edit(bare, BOTH, NOW).orElseThrow();

        // When
        Service cleared =
                ServiceStatusEdit.edit(written, ServiceOutcome.NOTHING, LATER).orElseThrow();

        // Then
        assertThat(cleared.getStatus().getLoadBalancer().getIngress()).isEmpty();
        assertThat(cleared.getMetadata().getAnnotations()).containsOnlyKeys("owner");
        assertThat(ServiceStatusEdit.isMarked(cleared)).isFalse();
    }

    @Test
    void aRefusalStandsInAConditionWithTheTimeItBegan() {
        // Given a Service that was refused
        Service refused =
                ServiceStatusEdit.edit(bare, problem("PoolExhausted", "pool lan is full"), NOW)
                        .orElseThrow();

        // When it is refused for another reason later
        Service again =
                ServiceStatusEdit.edit(refused, problem("NoPools", "there is none"), LATER)
                        .orElseThrow();

        // Then there is one condition, with the new words and the old time
        assertThat(again.getStatus().getConditions())
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.getType()).isEqualTo(ServiceStatusEdit.CONDITION);
                    assertThat(condition.getStatus()).isEqualTo("False");
                    assertThat(condition.getReason()).isEqualTo("NoPools");
                    assertThat(condition.getMessage()).isEqualTo("there is none");
                    assertThat(condition.getLastTransitionTime()).isEqualTo(NOW.toString());
                });
        assertThat(ServiceStatusEdit.saidOf(again)).containsExactly("there is none");
    }

    @Test
    void theConditionGoesWhenThereAreAddresses() {
        // Given
        Service refused =
                ServiceStatusEdit.edit(bare, problem("NoPools", "there is none"), NOW)
                        .orElseThrow();

        // When
        Service served = ServiceStatusEdit.edit(refused, BOTH, LATER).orElseThrow();

        // Then
        assertThat(served.getStatus().getConditions()).isEmpty();
    }

    private static ServiceOutcome problem(String reason, String text) {
        return new ServiceOutcome(
                List.of(),
                Optional.empty(),
                Optional.of(new Problem(reason, text)),
                new Journey.None());
    }
}

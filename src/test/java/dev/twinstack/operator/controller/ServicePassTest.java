package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.admission.ServiceIngress;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.allocation.Pool;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpRange;
import dev.twinstack.operator.ServiceEvent;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServicePassTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Pool LAN =
            Pool.open(
                    "lan", new IpRange(IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2")));

    private final AddressBook book =
            new AddressBook(() -> NOW, Duration.ofSeconds(10), service -> {}, claim -> {});
    private final Map<String, Map<String, String>> namespaces =
            new HashMap<>(Map.of("default", Map.of()));
    private final ServicePass pass =
            new ServicePass(
                    new ServiceReader(""),
                    book,
                    namespace -> Optional.ofNullable(namespaces.get(namespace)),
                    () -> NOW);

    @Test
    void aServiceIsWrittenOnceAndToldOnce() {
        // Given
        book.setPools(List.of(LAN));

        // When
        ServicePass.Result first = pass.look(service("web"));
        ServicePass.Result second = pass.look(first.write().orElseThrow());

        // Then
        assertThat(addresses(first)).containsExactly("192.0.2.1");
        assertThat(first.events()).extracting(ServiceEvent::reason).containsExactly("IPAllocated");
        assertThat(second).isEqualTo(ServicePass.Result.NOTHING);
    }

    @Test
    void nothingIsDecidedBeforeTheNamespaceIsSeen() {
        // Given a Service that came before its namespace
        book.setPools(List.of(LAN));
        namespaces.clear();
        ServicePass.Result early = pass.look(service("web"));

        // When
        namespaces.put("default", Map.of());
        ServicePass.Result result = pass.look(service("web"));

        // Then
        assertThat(early).isEqualTo(ServicePass.Result.NOTHING);
        assertThat(addresses(result)).containsExactly("192.0.2.1");
    }

    @Test
    void withoutPoolsSomebodyElsesAddressStays() {
        // Given a Service that another controller has served, and no pool at all
        Service service = service("web");
        service.getStatus()
                .getLoadBalancer()
                .setIngress(List.of(new LoadBalancerIngress(null, "203.0.113.1", null, null)));

        // When, Then
        assertThat(pass.look(service)).isEqualTo(ServicePass.Result.NOTHING);
    }

    @Test
    void withoutPoolsOurOwnAddressGoesAndIsSaid() {
        // Given
        book.setPools(List.of(LAN));
        Service served = pass.look(service("web")).write().orElseThrow();

        // When
        book.setPools(List.of());
        ServicePass.Result result = pass.look(served);

        // Then
        assertThat(addresses(result)).isEmpty();
        assertThat(result.events())
                .extracting(ServiceEvent::reason)
                .containsExactly("ClearAssignment", "AllocationFailed");
    }

    @Test
    void aRefusalIsSaidOnceAndNotAgainBecauseOfAnotherChange() {
        // Given a Service that is refused, and told so
        book.setPools(List.of(LAN));
        Service wants = service("web");
        wants.getSpec().setLoadBalancerIP("198.51.100.1");
        ServicePass.Result refused = pass.look(wants);
        assertThat(refused.events())
                .extracting(ServiceEvent::reason)
                .containsExactly("AllocationFailed");

        // When somebody puts an address into its status
        Service touched = refused.write().orElseThrow();
        touched.getStatus()
                .getLoadBalancer()
                .setIngress(List.of(new LoadBalancerIngress(null, "203.0.113.1", null, null)));
        ServicePass.Result again = pass.look(touched);

        // Then that is taken out without the same words again
        assertThat(addresses(again)).isEmpty();
        assertThat(again.events())
                .extracting(ServiceEvent::reason)
                .doesNotContain("AllocationFailed");
    }

    @Test
    void aTypingErrorTakesNoAddressAway() {
        // Given
        book.setPools(List.of(LAN));
        Service served = pass.look(service("web")).write().orElseThrow();

        // When
        served.getSpec().setLoadBalancerIP("192.0.2.300");
        ServicePass.Result result = pass.look(served);

        // Then the address stays, and the error is said in an Event and a condition
        assertThat(addresses(result)).containsExactly("192.0.2.1");
        assertThat(result.events())
                .extracting(ServiceEvent::reason)
                .containsExactly("LoadBalancerFailed");
        assertThat(ServiceStatusEdit.saidOf(result.write().orElseThrow()))
                .anyMatch(said -> said.contains("192.0.2.300"));
    }

    @Test
    void deprecatedAnnotationsAreNamedWhenTheyHaveAnEffect() {
        // Given
        book.setPools(List.of(LAN));
        Service service = service("web");
        service.getMetadata().setAnnotations(Map.of("metallb.universe.tf/address-pool", "lan"));

        // When, Then
        assertThat(pass.look(service).events())
                .extracting(ServiceEvent::reason)
                .containsExactly("IPAllocated", "deprecatedAnnotation");
    }

    @Test
    void aServiceThatIsGoneLeavesItsAddressToOthers() {
        // Given
        book.setPools(List.of(LAN));
        Service first = pass.look(service("first")).write().orElseThrow();

        // When
        book.release(ServicePass.key(first));

        // Then
        assertThat(addresses(pass.look(service("second")))).containsExactly("192.0.2.1");
    }

    private static List<String> addresses(ServicePass.Result result) {
        return ServiceIngress.addresses(result.write().orElseThrow()).stream()
                .map(IpAddress::toString)
                .toList();
    }

    private static Service service(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .withIpFamilyPolicy("SingleStack")
                .withIpFamilies("IPv4")
                .withClusterIP("10.0.0.9")
                .withClusterIPs("10.0.0.9")
                .addNewPort()
                .withPort(80)
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .withNewStatus()
                .withNewLoadBalancer()
                .endLoadBalancer()
                .endStatus()
                .build();
    }
}

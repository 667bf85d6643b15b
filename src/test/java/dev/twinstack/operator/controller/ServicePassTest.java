package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.admission.ServiceReader;
import dev.twinstack.allocation.Pool;
import dev.twinstack.net.IpPrefix;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServicePassTest {

    private final AddressBook book =
            new AddressBook(() -> Instant.EPOCH, Duration.ofSeconds(10), service -> {});
    private final ServicePass pass =
            new ServicePass(
                    new ServiceReader(""), book, namespace -> Map.of(), () -> Instant.EPOCH);

    @BeforeEach
    void begin() {
        Pool lan = Pool.open("lan", IpPrefix.parse("192.0.2.0/24").range());
        book.rehome(List.of(lan), List.of());
    }

    @Test
    void aFormerLoadBalancerLosesAnAddressOfOurPoolsEvenWithoutOurMarks() {
        Service service = nodePortWith("192.0.2.1");

        Service written = pass.look(service).write().orElseThrow();

        assertThat(Ingress.of(written.getStatus())).isEmpty();
    }

    @Test
    void anAddressThatIsNotOursIsLeftToWhoWroteIt() {
        assertThat(pass.look(nodePortWith("198.51.100.1"))).isEqualTo(ServicePass.Result.NOTHING);
    }

    private static Service nodePortWith(String address) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("demo")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withType("NodePort")
                .withClusterIPs("10.0.0.1")
                .endSpec()
                .withNewStatus()
                .withNewLoadBalancer()
                .addNewIngress()
                .withIp(address)
                .endIngress()
                .endLoadBalancer()
                .endStatus()
                .build();
    }
}

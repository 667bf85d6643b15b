package dev.twinstack.admission.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.admission.ServicePage;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServicePageTest {

    private static final String PAGE =
            """
            {"kind": "ServiceList", "apiVersion": "v1",
             "metadata": {"resourceVersion": "7", "continue": "%s", "remainingItemCount": 1},
             "items": [{"metadata": {"name": "web", "namespace": "shop", "labels": {"a": "b"}},
              "spec": {"type": "LoadBalancer", "clusterIPs": ["10.0.0.1"]},
              "status": {"loadBalancer": {"ingress": [{"ip": "192.0.2.1"}]}}},
              {"metadata": {"name": "dns", "namespace": "shop"}, "spec": {"ports": [{"port": 53}]}}]}
            """;

    @Test
    void aPageHasItsServicesAndTheWayToTheNext() {
        // When
        ServicePage page = ServicePage.read(PAGE.formatted("more")).orElseThrow();

        // Then
        assertThat(page.next()).isEqualTo("more");
        assertThat(page.services())
                .extracting(service -> service.getMetadata().getName())
                .containsExactly("web", "dns");
        Service web = page.services().getFirst();
        assertThat(web.getSpec().getClusterIPs()).containsExactly("10.0.0.1");
        assertThat(web.getStatus().getLoadBalancer().getIngress().getFirst().getIp())
                .isEqualTo("192.0.2.1");
    }

    @Test
    void theLastPageHasNoNext() {
        ServicePage page = ServicePage.read(PAGE.formatted("")).orElseThrow();

        assertThat(page.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"items\": [7]}",
                "{\"items\": [{\"spec\": 1}]}",
                "{\"items\": ["
            })
    void anythingElseIsLeftToTheFullModel(String json) {
        assertThat(ServicePage.read(json)).isEmpty();
    }

    @Test
    void anEmptyListIsAPage() {
        assertThat(ServicePage.read("{\"items\": null}").orElseThrow().services())
                .isEqualTo(List.of());
    }
}

package dev.twinstack.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.twinstack.testing.conformance.Fields;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of `loadbalancer_class` in `conformance/misc.json`.
class LoadBalancerClassConformanceTest {

    @TestFactory
    Stream<DynamicTest> cases() {
        return Fields.file("misc.json").objects("loadbalancer_class").stream()
                .map(each -> dynamicTest(each.toString(), () -> check(each)));
    }

    private static void check(Fields each) {
        // Given
        each.remarks("source", "derived", "id", "note");
        String serviceClass = each.has("service_class") ? each.text("service_class") : null;
        Service service =
                new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("demo")
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .withClusterIPs("10.0.0.1")
                        .withLoadBalancerClass(serviceClass)
                        .endSpec()
                        .build();
        // When
        ServiceReading reading =
                new ServiceReader(each.text("own_class", "")).stored(service, Map.of());
        // Then
        String verdict =
                switch (reading) {
                    case ServiceReading.Asks _ -> "handled";
                    case ServiceReading.OtherClass _ -> "left alone";
                    case ServiceReading other -> other.toString();
                };
        assertThat(verdict).isEqualTo(each.text("expect"));
        each.end();
    }
}

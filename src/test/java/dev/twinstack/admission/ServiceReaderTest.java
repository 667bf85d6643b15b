package dev.twinstack.admission;

import static dev.twinstack.allocation.FamilyPolicy.PREFER_DUAL_STACK;
import static dev.twinstack.allocation.FamilyPolicy.REQUIRE_DUAL_STACK;
import static dev.twinstack.allocation.FamilyPolicy.SINGLE_STACK;
import static dev.twinstack.net.IpFamily.IPV4;
import static dev.twinstack.net.IpFamily.IPV6;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.PortKey;
import dev.twinstack.net.IpAddress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceReaderTest {

    private static final ClusterFamilies DUAL = new ClusterFamilies(IPV4, true);

    private final ServiceReader reader = new ServiceReader("");

    @Test
    void aStoredServiceIsReadWhole() {
        // Given
        Service service =
                service(
                        """
                        metadata:
                          namespace: shop
                          name: web
                          labels: {app: web}
                          annotations:
                            metallb.io/loadBalancerIPs: "192.0.2.1, 2001:db8::1"
                            metallb.io/address-pool: lan
                            metallb.io/allow-shared-ip: one
                            twinstack.dev/addresses: 192.0.2.7
                        spec:
                          type: LoadBalancer
                          clusterIPs: [10.0.0.1, "fd00::1"]
                          ipFamilyPolicy: PreferDualStack
                          externalTrafficPolicy: Local
                          selector: {b: "2", a: "1"}
                          ports:
                          - port: 53
                            protocol: UDP
                          - port: 80
                        status:
                          loadBalancer:
                            ingress: [{hostname: foo.example}, {ip: 192.0.2.9}, {ip: nonsense}]
                        """);

        // When
        AddressRequest request = asked(reader.stored(service, Map.of("env", "prod")));

        // Then
        assertThat(request.service()).hasToString("shop/web");
        assertThat(request.namespaceLabels()).containsExactly(Map.entry("env", "prod"));
        assertThat(request.serviceLabels()).containsExactly(Map.entry("app", "web"));
        assertThat(request.policy()).isEqualTo(PREFER_DUAL_STACK);
        assertThat(request.families()).containsExactly(IPV4, IPV6);
        assertThat(request.pool()).contains("lan");
        assertThat(request.wanted())
                .containsExactly(IpAddress.parse("192.0.2.1"), IpAddress.parse("2001:db8::1"));
        assertThat(request.held()).containsExactly(IpAddress.parse("192.0.2.9"));
        assertThat(request.proposed()).containsExactly(IpAddress.parse("192.0.2.7"));
        assertThat(request.sharing().key()).isEqualTo("one");
        assertThat(request.sharing().ports())
                .containsExactlyInAnyOrder(new PortKey("UDP", 53), new PortKey("TCP", 80));
        assertThat(request.sharing().backendKey()).isEqualTo("a=1,b=2");
    }

    @Test
    void aNewServiceHoldsNothingWhateverItClaims() {
        // Given
        Service service =
                service(
                        """
                        metadata:
                          namespace: shop
                          name: web
                          annotations: {twinstack.dev/addresses: 192.0.2.7}
                        spec: {type: LoadBalancer, ipFamilies: [IPv6]}
                        status: {loadBalancer: {ingress: [{ip: 192.0.2.9}]}}
                        """);

        // When
        AddressRequest request = asked(reader.requested(service, null, Map.of(), DUAL));

        // Then
        assertThat(request.held()).isEmpty();
        assertThat(request.proposed()).isEmpty();
        assertThat(request.families()).containsExactly(IPV6);
    }

    @Test
    void theNewSpellingWinsOverTheDeprecatedOne() {
        // Given
        Service service =
                service(
                        """
                        metadata:
                          namespace: shop
                          name: web
                          annotations:
                            metallb.universe.tf/address-pool: old
                            metallb.io/address-pool: new
                            metallb.universe.tf/allow-shared-ip: key
                        spec: {type: LoadBalancer, clusterIPs: [10.0.0.1]}
                        """);

        // When
        AddressRequest request = asked(reader.stored(service, Map.of()));

        // Then
        assertThat(request.pool()).contains("new");
        assertThat(request.sharing().key()).isEqualTo("key");
        assertThat(ServiceAnnotations.deprecatedIn(service))
                .containsExactly(
                        "metallb.universe.tf/address-pool", "metallb.universe.tf/allow-shared-ip");
    }

    /// `loadbalancer_class` of the conformance data, and the one case it has not.
    @TestFactory
    Stream<DynamicTest> theClassMustBeExactlyOurs() throws IOException {
        Path file = Path.of(System.getProperty("conformance.dir"), "misc.json");
        List<JsonNode> cases = new ArrayList<>();
        new ObjectMapper().readTree(file.toFile()).path("loadbalancer_class").forEach(cases::add);
        cases.add(
                new ObjectMapper()
                        .readTree(
                                """
                                {"service_class": "foo", "own_class": "", "expect": "left alone"}
                                """));
        return cases.stream()
                .map(entry ->
                        DynamicTest.dynamicTest(
                                entry.path("service_class") + " " + entry.path("own_class"),
                                () -> verifyClass(entry)));
    }

    private static void verifyClass(JsonNode entry) {
        // Given
        Service service = loadBalancer("{clusterIPs: [10.0.0.1]}");
        service.getSpec().setLoadBalancerClass(entry.path("service_class").textValue());

        // When
        ServiceReading reading =
                new ServiceReader(entry.path("own_class").asText()).stored(service, Map.of());

        // Then
        assertThat(reading)
                .isInstanceOf(
                        entry.path("expect").asText().equals("handled")
                                ? ServiceReading.Asks.class
                                : ServiceReading.OtherClass.class);
    }

    /// What the API server will make of families, before it does.
    @ParameterizedTest
    @CsvSource({
        "'{}', true, SINGLE_STACK, IPv4",
        "'{ipFamilies: [IPv6]}', true, SINGLE_STACK, IPv6",
        "'{ipFamilyPolicy: SingleStack}', true, SINGLE_STACK, IPv4",
        "'{ipFamilyPolicy: PreferDualStack}', true, PREFER_DUAL_STACK, IPv4 IPv6",
        "'{ipFamilyPolicy: PreferDualStack}', false, PREFER_DUAL_STACK, IPv4",
        "'{ipFamilyPolicy: RequireDualStack}', true, REQUIRE_DUAL_STACK, IPv4 IPv6",
        "'{ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6]}', true,"
                + " REQUIRE_DUAL_STACK, IPv6 IPv4",
        "'{ipFamilyPolicy: PreferDualStack, clusterIP: \"fd00::9\"}', true,"
                + " PREFER_DUAL_STACK, IPv6 IPv4",
        "'{ipFamilyPolicy: SingleStack, clusterIPs: [\"fd00::9\"]}', true, SINGLE_STACK, IPv6",
    })
    void familiesAreInferredOnCreate(
            String spec, boolean dualStack, String policy, String families) {
        // Given
        Service service = loadBalancer(spec);

        // When
        AddressRequest request =
                asked(
                        reader.requested(
                                service, null, Map.of(), new ClusterFamilies(IPV4, dualStack)));

        // Then
        assertThat(request.policy().name()).isEqualTo(policy);
        assertThat(request.families()).map(Object::toString).containsExactly(families.split(" "));
    }

    @Test
    void anUpdateThatLeavesClusterIpsOutKeepsTheStoredOnes() {
        // Given
        Service old = loadBalancer("{clusterIPs: ['fd00::9'], ipFamilyPolicy: SingleStack}");

        // When
        AddressRequest kept = asked(reader.requested(loadBalancer("{}"), old, Map.of(), DUAL));
        AddressRequest widened =
                asked(
                        reader.requested(
                                loadBalancer("{ipFamilyPolicy: RequireDualStack}"),
                                old,
                                Map.of(),
                                DUAL));

        // Then
        assertThat(kept.policy()).isEqualTo(SINGLE_STACK);
        assertThat(kept.families()).containsExactly(IPV6);
        assertThat(widened.policy()).isEqualTo(REQUIRE_DUAL_STACK);
        assertThat(widened.families()).containsExactly(IPV6, IPV4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | 192.0.2.2 | invalid requested loadbalancer IPs: service can not have"
                        + " both metallb.io/loadBalancerIPs and spec.loadBalancerIP",
                "192.0.2 | | invalid requested loadbalancer IPs: invalid IP address \"192.0.2\"",
                "192.0.2.1,192.0.2.2 | | Failed to retrieve LBIPs IPFamily for"
                        + " [192.0.2.1, 192.0.2.2]: more than one address of a family",
                "'' | 2001:db8::x | invalid requested loadbalancer IPs: invalid IP address"
                        + " \"2001:db8::x\"",
            })
    void wantedAddressesAreCheckedByThemselves(String annotation, String field, String expected) {
        // Given
        Service service = loadBalancer("{clusterIPs: [10.0.0.1]}");
        service.getMetadata()
                .setAnnotations(Map.of(ServiceAnnotations.LOAD_BALANCER_IPS, annotation));
        service.getSpec().setLoadBalancerIP(field);

        // When
        ServiceReading reading = reader.stored(service, Map.of());

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        ServiceReading.Wrong.class,
                        wrong ->
                                assertThat(wrong.errors())
                                        .extracting(ServiceError::text)
                                        .containsExactly(expected));
    }

    @Test
    void withoutClusterIpNothingIsKnownOfAStoredService() {
        assertThat(reader.stored(loadBalancer("{}"), Map.of()))
                .isEqualTo(new ServiceReading.NoClusterIp());
    }

    @Test
    void dualStackCanNotBeRequiredWithOneClusterIp() {
        // When
        ServiceReading reading =
                reader.stored(
                        loadBalancer("{clusterIPs: [10.0.0.1], ipFamilyPolicy: RequireDualStack}"),
                        Map.of());

        // Then
        assertThat(reading)
                .isEqualTo(
                        new ServiceReading.Wrong(
                                List.of(
                                        new ServiceError(
                                                "not enough clusterips",
                                                "Service requires dual stack but not enough"
                                                        + " clusterips [IPv4]"))));
    }

    private static AddressRequest asked(ServiceReading reading) {
        assertThat(reading).isInstanceOf(ServiceReading.Asks.class);
        return ((ServiceReading.Asks) reading).request();
    }

    private static Service loadBalancer(String spec) {
        Service service =
                service("metadata: {namespace: shop, name: web}\nspec: %s\n".formatted(spec));
        service.getSpec().setType("LoadBalancer");
        return service;
    }

    private static Service service(String yaml) {
        return Serialization.unmarshal(yaml, Service.class);
    }
}

package dev.twinstack.operator;

import static dev.twinstack.testing.lab.LabServices.addresses;
import static dev.twinstack.testing.lab.LabServices.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.Kubectl;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabServices;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.Ports;
import dev.twinstack.testing.lab.TwinstackProcess;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every field of AddressPolicy and AddressClaim, once, before a real API server. Each test has a
/// pool of its own.
@ExtendWith(LabExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NAMESPACE = "it-policy";

    private final LabCluster cluster;
    private final LabServices services;
    private final int webhookPort = Ports.free();
    private TwinstackProcess controller;

    PolicyIT(LabCluster cluster) {
        this.cluster = cluster;
        Manifests.install(cluster);
        Manifests.pointWebhooksAt(cluster, webhookPort);
        this.services = new LabServices(cluster, NAMESPACE);
        this.controller = start();
    }

    @BeforeAll
    void begin() {
        pool("probe", "203.0.113.250/32");
        controller.awaitReady();
        awaitWebhooks();
    }

    @AfterEach
    void tidyUp() {
        services.deleteAll();
        kubectl("delete", "addressclaims", "--all", "-n", NAMESPACE);
        kubectl("delete", "addresspolicies", "--all", "-n", Manifests.NAMESPACE);
    }

    @AfterAll
    void stop() {
        kubectl("delete", "addressclaims", "--all", "-n", Manifests.NAMESPACE);
        controller.close();
        Manifests.removeWebhooks(cluster);
        kubectl("delete", "ipaddresspools", "--all", "-n", Manifests.NAMESPACE);
    }

    @Test
    void excludedAddressesAreNotGivenEvenOnRequest() {
        // Given
        pool("excl", "192.0.2.0/30");
        policy("excl", "exclude: [192.0.2.0/31]");
        awaitAccepted("excl");

        // When
        Service given = services.create("any", it -> pool(it, "excl"));

        // Then
        assertThat(answered(given)).isEqualTo("192.0.2.2");
        assertThatThrownBy(() ->
                        services.create("one", it -> it.getSpec().setLoadBalancerIP("192.0.2.1")))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("excludes 192.0.2.0-192.0.2.1");
    }

    @Test
    void aFullPoolRefusesOrWaitsAsItsPolicySays() {
        // Given two full pools
        pool("strict", "192.0.2.8/32");
        pool("patient", "192.0.2.9/32");
        policy("strict", "whenFull: Refuse");
        policy("patient", "whenFull: Wait");
        awaitAccepted("strict");
        awaitAccepted("patient");
        services.create("s1", it -> pool(it, "strict"));
        services.create("p1", it -> pool(it, "patient"));

        // When one more comes to each
        assertThatThrownBy(() -> services.create("s2", it -> pool(it, "strict")))
                .hasMessageContaining("pool strict is exhausted (0 of 1 IPv4 free");
        Service waits = services.create("p2", it -> pool(it, "patient"));

        // Then the one is refused, and the other one waits and is told so
        assertThat(services.get("s2")).isNull();
        assertThat(answered(waits)).isEmpty();
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(services.conditions("p2"))
                                .extracting(condition -> condition.getReason())
                                .containsExactly("PoolExhausted"));
        services.delete("p1");
        services.awaitAddresses("p2", 1);
    }

    @Test
    void aUsedUpQuotaRefusesAndIsShownInTheStatus() {
        // Given
        pool("shared", "192.0.2.16/29");
        policy("shared", "quotas: [{namespaces: [%s], ipv4: 2}]".formatted(NAMESPACE));
        awaitAccepted("shared");
        services.create("q1", it -> pool(it, "shared"));
        services.create("q2", it -> pool(it, "shared"));

        // When
        assertThatThrownBy(() -> services.create("q3", it -> pool(it, "shared")))
                .hasMessageContaining(
                        "namespace it-policy has 2 IPv4 addresses of pool shared, its quota is 2");

        // Then
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(policyStatus("shared", "{.status}"))
                                .contains("\"assigned\":{\"ipv4\":2,\"ipv6\":0}")
                                .contains("\"available\":{\"ipv4\":6,\"ipv6\":0}")
                                .contains("{\"ipv4\":2,\"ipv6\":0,\"namespace\":\"it-policy\"}"));
    }

    @Test
    void aDeletedServiceGetsItsAddressBackEvenAfterARestart() {
        // Given a Service that is deleted, and a controller that is killed right after
        pool("kept", "192.0.2.24/30");
        policy("kept", "retention: {keepAfterDelete: 24h}");
        awaitAccepted("kept");
        Service before = services.create("web", it -> pool(it, "kept"));
        services.awaitAddresses("web", 1);
        services.delete("web");
        await().atMost(SOON).until(() -> !keptClaim("{.spec.retention.keepUntil}").isEmpty());
        controller.process().kill();
        controller = start().awaitReady();
        awaitWebhooks();

        // When another Service comes, and then one of the same name
        Service other = services.create("other", it -> pool(it, "kept"));
        Service again = services.create("web", it -> pool(it, "kept"));

        // Then it has the address it had, and nobody else has
        assertThat(answered(other)).isNotEmpty().isNotEqualTo(answered(before));
        assertThat(answered(again)).isEqualTo(answered(before));
        await().atMost(SOON).until(() -> keptClaim("{.spec.retention.keepUntil}").isEmpty());
        assertThat(keptClaim("{.spec.addresses[0]}")).isEqualTo(answered(before));
    }

    @Test
    void nobodyElseGetsAnAddressBeforeItsTime() {
        // Given a pool of one address, whose Service is deleted
        pool("rest", "192.0.2.32/32");
        policy("rest", "retention: {reuseAfter: 3s}");
        awaitAccepted("rest");
        services.create("first", it -> pool(it, "rest"));
        services.awaitAddresses("first", 1);
        services.delete("first");

        // When another one wants it at once
        Service second = services.create("second", it -> pool(it, "rest"));

        // Then it waits, and has it later
        assertThat(answered(second)).isEmpty();
        services.awaitAddresses("second", 1);
    }

    @Test
    void aServiceThatNamesNoPolicyBecomesDualStackWithPairedAddresses() {
        // Given
        pool("both", "198.51.100.53-198.51.100.54", "2001:db8:48::/64");
        policy("both", "dualStack: {upgrade: Always, pairing: Suffix}");
        awaitAccepted("both");

        // When
        Service answer = services.create("dual", it -> pool(it, "both"));
        Service single =
                services.create(
                        "single",
                        it -> {
                            pool(it, "both");
                            it.getSpec().setIpFamilyPolicy("SingleStack");
                        });

        // Then
        assertThat(answer.getSpec().getIpFamilyPolicy()).isEqualTo("PreferDualStack");
        assertThat(answer.getSpec().getClusterIPs()).hasSize(2);
        assertThat(answered(answer)).isEqualTo("198.51.100.53,2001:db8:48::35");
        assertThat(addresses(services.awaitAddresses("dual", 2)))
                .containsExactly("198.51.100.53", "2001:db8:48::35");
        assertThat(answered(single)).isEqualTo("198.51.100.54");
    }

    @Test
    void aHostPartIsPutBehindThePoolsPrefix() {
        pool("suffix", "2001:db8:64::/64");

        Service answer =
                services.create(
                        "dns",
                        it -> {
                            it.getMetadata()
                                    .setAnnotations(
                                            Map.of(
                                                    "metallb.io/address-pool", "suffix",
                                                    "metallb.io/loadBalancerIPs", "::1:53",
                                                    "twinstack.dev/host-part", "true"));
                            it.getSpec().setIpFamilyPolicy("SingleStack");
                            it.getSpec().setIpFamilies(List.of("IPv6"));
                        });

        assertThat(answered(answer)).isEqualTo("2001:db8:64::1:53");
        services.awaitAddresses("dns", 1);
    }

    @Test
    void aClaimHoldsAnAddressOfAPoolForTheServiceThatNamesIt() {
        // Given a claim that has the only address
        pool("claimed", "192.0.2.64/32");
        claim("front", "pool: claimed");
        awaitClaim("front", "{.status.addresses[0]} {.status.pool}", "192.0.2.64 claimed");

        // When one Service names it and another one does not
        Service other = services.create("other", it -> pool(it, "claimed"));
        Service web = services.create("web", it -> annotate(it, "twinstack.dev/claim", "front"));

        // Then the one has it, and the claim says so
        assertThat(answered(other)).isEmpty();
        assertThat(answered(web)).isEqualTo("192.0.2.64");
        awaitClaim("front", "{.status.usedBy}", "[\"web\"]");
    }

    @Test
    void aClaimOutlivesItsServiceAndARestart() {
        // Given a claim by address, for one Service
        pool("lasting", "192.0.2.72/30");
        claim("api", "addresses: [192.0.2.74]\n  serviceRef: {name: api}");
        awaitClaim("api", "{.status.addresses[0]}", "192.0.2.74");
        Service first = services.create("api", it -> pool(it, "lasting"));
        services.awaitAddresses("api", 1);

        // When the Service is deleted, the controller restarted, and others come
        services.delete("api");
        awaitClaim("api", "{.status.usedBy}", "");
        controller.close();
        controller = start().awaitReady();
        awaitWebhooks();
        assertThatThrownBy(() ->
                        services.create("thief", it -> annotate(it, "twinstack.dev/claim", "api")))
                .hasMessageContaining("it-policy/api");
        Service again = services.create("api", it -> pool(it, "lasting"));

        // Then it is still there for the Service of that name
        assertThat(answered(first)).isEqualTo("192.0.2.74");
        assertThat(answered(again)).isEqualTo("192.0.2.74");
    }

    @Test
    void theDeletionOfAClaimWaitsForItsService() {
        // Given
        pool("inuse", "192.0.2.80/32");
        claim("held", "pool: inuse\n  families: [IPv4]");
        awaitClaim("held", "{.status.addresses[0]}", "192.0.2.80");
        services.create("user", it -> annotate(it, "twinstack.dev/claim", "held"));
        awaitClaim("held", "{.status.usedBy}", "[\"user\"]");

        // When
        Kubectl.Result deletion =
                kubectl("delete", "addressclaim", "held", "-n", NAMESPACE, "--wait=false");

        // Then it is said for whom it waits
        assertThat(deletion.err())
                .contains("the claim is deleted when Service it-policy/user no longer uses it");
        awaitClaim(
                "held",
                "{.status.conditions[?(@.type==\"Ready\")].message}",
                "the claim is deleted when Service it-policy/user no longer uses it");

        // And it goes with the Service
        services.delete("user");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(kubectl("get", "addressclaim", "held", "-n", NAMESPACE).err())
                                .contains("NotFound"));
    }

    @Test
    void whatCanNeverBeClaimedIsRefused() {
        assertThat(tryClaim("nowhere", "pool: nowhere").err())
                .contains("pool nowhere does not exist");
        assertThat(tryClaim("garbled", "addresses: [one]").err()).contains("spec.addresses[0]");
    }

    @Test
    void aPoolInUseIsNotDeletedByMistake() {
        // Given
        pool("busy", "192.0.2.88/32");
        services.create("user", it -> pool(it, "busy"));
        services.awaitAddresses("user", 1);

        // When
        Kubectl.Result mistake =
                kubectl("delete", "ipaddresspool", "busy", "-n", Manifests.NAMESPACE);
        kubectl(
                        "annotate",
                        "ipaddresspool",
                        "busy",
                        "-n",
                        Manifests.NAMESPACE,
                        "twinstack.dev/delete-in-use=true")
                .orFail();
        Kubectl.Result meant =
                kubectl("delete", "ipaddresspool", "busy", "-n", Manifests.NAMESPACE);

        // Then
        assertThat(mistake.err()).contains("is in use by Service it-policy/user");
        assertThat(meant.succeeded()).as(meant.err()).isTrue();
    }

    @Test
    void twoPoliciesForOnePoolTheOlderHolds() {
        pool("twice", "192.0.2.96/32");
        policy("elder", "twice", "whenFull: Refuse");
        awaitAccepted("elder");

        policy("young", "twice", "whenFull: Wait");

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(
                                        policyStatus(
                                                "young",
                                                "{.status.conditions[?(@.type==\"Accepted\")]}"))
                                .contains("Conflicted", "AddressPolicy elder, which is older"));
    }

    private void pool(String name, String... addresses) {
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: metallb.io/v1beta1
                        kind: IPAddressPool
                        metadata: {name: %s, namespace: metallb-system}
                        spec: {addresses: ["%s"], autoAssign: %s}
                        """
                                .formatted(
                                        name,
                                        String.join("\", \"", addresses),
                                        name.equals("probe")));
    }

    private static void pool(Service service, String pool) {
        annotate(service, "metallb.io/address-pool", pool);
    }

    private static void annotate(Service service, String key, String value) {
        service.getMetadata().setAnnotations(Map.of(key, value));
    }

    private void policy(String name, String spec) {
        policy(name, name, spec);
    }

    private void policy(String name, String pool, String spec) {
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: twinstack.dev/v1alpha1
                        kind: AddressPolicy
                        metadata: {name: %s, namespace: metallb-system}
                        spec:
                          targetRefs: [{name: %s}]
                          %s
                        """
                                .formatted(name, pool, spec));
    }

    private void claim(String name, String spec) {
        tryClaim(name, spec).orFail();
    }

    private Kubectl.Result tryClaim(String name, String spec) {
        return cluster.kubectl()
                .tryApply(
                        """
                        apiVersion: twinstack.dev/v1alpha1
                        kind: AddressClaim
                        metadata: {name: %s, namespace: %s}
                        spec:
                          %s
                        """
                                .formatted(name, NAMESPACE, spec));
    }

    private void awaitAccepted(String policy) {
        await("policy " + policy)
                .atMost(SOON)
                .untilAsserted(() ->
                        assertThat(
                                        policyStatus(
                                                policy,
                                                "{.status.conditions[?(@.type==\"Accepted\")].status}"))
                                .isEqualTo("True"));
    }

    private String policyStatus(String name, String path) {
        return kubectl(
                        "get",
                        "addresspolicy",
                        name,
                        "-n",
                        Manifests.NAMESPACE,
                        "-o",
                        "jsonpath=" + path)
                .out();
    }

    private void awaitClaim(String name, String path, String expected) {
        await("claim " + name)
                .atMost(SOON)
                .untilAsserted(() ->
                        assertThat(
                                        kubectl(
                                                        "get",
                                                        "addressclaim",
                                                        name,
                                                        "-n",
                                                        NAMESPACE,
                                                        "-o",
                                                        "jsonpath=" + path)
                                                .out())
                                .isEqualTo(expected));
    }

    private String keptClaim(String path) {
        return kubectl(
                        "get",
                        "addressclaim",
                        NAMESPACE + ".web",
                        "-n",
                        Manifests.NAMESPACE,
                        "-o",
                        "jsonpath=" + path)
                .out();
    }

    private Kubectl.Result kubectl(String... arguments) {
        return cluster.kubectl().run(arguments);
    }

    private void awaitWebhooks() {
        await("webhooks answer")
                .atMost(SOON)
                .until(() -> !answered(services.dryRun("probe", it -> {})).isEmpty());
    }

    private TwinstackProcess start() {
        return TwinstackProcess.role("controller", cluster.directory())
                .named("policy-it")
                .kubeconfig(
                        cluster.serviceAccountKubeconfig(Manifests.NAMESPACE, Manifests.CONTROLLER))
                .webhookPort(webhookPort)
                .arguments("--webhook-name", "127.0.0.1")
                .arguments("--lease-duration=4s")
                .arguments("--lease-renew-deadline=3s")
                .arguments("--lease-retry-period=1s")
                .start();
    }
}

package dev.twinstack.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.twinstack.admission.testing.LocalAuthority;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.testing.lab.Kubectl;
import dev.twinstack.testing.lab.LabCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The webhooks as a real API server calls them, with the manifests of `kubernetes/`, but for the
/// way to the listener: by URL instead of by Service. A cluster of its own, as webhooks are for the
/// whole of it.
class WebhooksIT {

    private static final String NAMESPACE = "metallb-system";
    private static final WebhookSettings SETTINGS =
            new WebhookSettings("127.0.0.1", 0, NAMESPACE, "s", Set.of("127.0.0.1"), "");

    private static final Vertx VERTX = Vertx.vertx();
    private static final LocalAuthority AUTHORITY =
            new LocalAuthority(true, new ClusterFamilies(IpFamily.IPV4, true), _ -> true);
    private static final LabCluster CLUSTER = LabCluster.start();
    private static final KubernetesClient CLIENT = CLUSTER.client();
    private static final Kubectl KUBECTL = CLUSTER.kubectl();
    private static final Webhooks WEBHOOKS = webhooks();

    @BeforeAll
    static void start() throws IOException {
        KUBECTL.run("create", "namespace", NAMESPACE).orFail();
        KUBECTL.run("create", "namespace", WebhookSettings.secretNamespace(NAMESPACE)).orFail();
        KUBECTL.run("apply", "--server-side", "-k", "kubernetes/crds").orFail();
        AUTHORITY
                .allocator()
                .setPools(
                        List.of(
                                Pool.open(
                                        "lan",
                                        IpPrefix.parse("192.0.2.0/28").range(),
                                        IpPrefix.parse("2001:db8::/124").range()),
                                Pool.open("full", IpPrefix.parse("198.51.100.0/32").range())));
        WEBHOOKS.start();
        KUBECTL.apply(byUrl("mutating-webhooks.yaml"));
        KUBECTL.apply(byUrl("validating-webhooks.yaml"));
        KUBECTL.run(
                        "patch",
                        "crd",
                        WebhookSettings.CONVERTED,
                        "--type=json",
                        "-p",
                        """
                        [{"op": "remove", "path": "/spec/conversion/webhook/clientConfig/service"},
                         {"op": "add", "path": "/spec/conversion/webhook/clientConfig/url",
                          "value": "%s"}]
                        """
                                .formatted(url("/convert")))
                .orFail();
        awaitAnswers();
    }

    @AfterAll
    static void stop() {
        WEBHOOKS.close();
        CLUSTER.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theAnswerToTheCreateHasTheAddressesOfBothFamilies() {
        // When
        Service created =
                create(
                        loadBalancer("dual")
                                .editSpec()
                                .withIpFamilyPolicy("RequireDualStack")
                                .endSpec());

        // Then
        assertThat(addresses(created)).matches("192\\.0\\.2\\.\\d+,2001:db8::[0-9a-f]*");
        assertThat(created.getMetadata().getAnnotations())
                .containsEntry(ServiceAnnotations.ALLOCATED_FROM_POOL, "lan");
        assertThat(created.getSpec().getIpFamilies()).containsExactly("IPv4", "IPv6");
    }

    @Test
    void aWrongRequestIsRefusedWithTheReason() {
        assertThatThrownBy(() ->
                        create(
                                loadBalancer("wrong")
                                        .editMetadata()
                                        .addToAnnotations(ServiceAnnotations.ADDRESS_POOL, "wan")
                                        .endMetadata()))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(
                        "denied the request: pool wan does not exist (there is: full, lan)");
    }

    @Test
    void aFullPoolIsAWarning() {
        // Given
        create(
                loadBalancer("first")
                        .editMetadata()
                        .addToAnnotations(ServiceAnnotations.ADDRESS_POOL, "full")
                        .endMetadata());

        // When
        Kubectl.Result applied =
                KUBECTL.tryApply(
                        """
                        apiVersion: v1
                        kind: Service
                        metadata:
                          name: second
                          namespace: default
                          annotations: {metallb.io/address-pool: full}
                        spec: {type: LoadBalancer, ports: [{port: 80}]}
                        """);

        // Then
        assertThat(applied.exitCode()).isZero();
        assertThat(applied.err())
                .contains(
                        "Warning: the Service waits for an address: pool full is exhausted"
                                + " (0 of 1 IPv4 free; 1 reserved)");
    }

    @Test
    void aDryRunAnswersAndKeepsNothing() {
        // When
        Service seen = CLIENT.resource(loadBalancer("dry").build()).dryRun(true).create();

        // Then
        assertThat(addresses(seen)).startsWith("192.0.2.");
        assertThat(AUTHORITY.allocator().reservation(new ServiceKey("default", "dry")).isEmpty())
                .isTrue();
    }

    @Test
    void aServiceThatCeasesToBeALoadBalancerLosesOurAnnotations() {
        // Given
        Service created = create(loadBalancer("ceases"));
        assertThat(addresses(created)).isNotNull();

        // When
        Service updated =
                service("ceases")
                        .edit(s ->
                                new ServiceBuilder(s)
                                        .editSpec()
                                        .withType("ClusterIP")
                                        .endSpec()
                                        .build());

        // Then
        assertThat(updated.getMetadata().getAnnotations())
                .doesNotContainKeys(
                        ServiceAnnotations.ADDRESSES, ServiceAnnotations.ALLOCATED_FROM_POOL);
    }

    @Test
    void nobodyForgesOurAnnotations() {
        // Given
        String answered = addresses(create(loadBalancer("forged")));

        // When
        Service updated =
                service("forged")
                        .edit(s ->
                                new ServiceBuilder(s)
                                        .editMetadata()
                                        .addToAnnotations(
                                                ServiceAnnotations.ADDRESSES, "192.0.2.15")
                                        .endMetadata()
                                        .build());

        // Then
        assertThat(addresses(updated)).isEqualTo(answered);
    }

    @Test
    void aPoolThatOverlapsIsRefused() {
        // Given
        KUBECTL.apply(pool("one", "203.0.113.0/24", NAMESPACE));

        // When
        Kubectl.Result overlapping =
                KUBECTL.tryApply(pool("two", "203.0.113.7-203.0.113.9", NAMESPACE));
        Kubectl.Result elsewhere = KUBECTL.tryApply(pool("one", "10.0.0.0/24", "default"));

        // Then
        assertThat(overlapping.err())
                .contains(
                        "denied the request: spec.addresses[0]: 203.0.113.7-203.0.113.9 overlaps"
                                + " 203.0.113.0-203.0.113.255 of pool one");
        assertThat(elsewhere.err())
                .contains("resource must be created in metallb-system namespace");
    }

    @Test
    void aPeerOfTheOldVersionIsStoredInTheNewOne() {
        // When
        KUBECTL.apply(
                """
                apiVersion: metallb.io/v1beta1
                kind: BGPPeer
                metadata: {name: old, namespace: metallb-system}
                spec: {myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.254}
                """);

        // Then
        BGPPeer peer = CLIENT.resources(BGPPeer.class).inNamespace(NAMESPACE).withName("old").get();
        assertThat(peer.getSpec().peerAddress()).isEqualTo("192.0.2.254");
        assertThat(peer.getSpec().holdTime()).isNull();
        assertThat(
                        KUBECTL.run(
                                        "get",
                                        "bgppeers.v1beta1.metallb.io/old",
                                        "-n",
                                        NAMESPACE,
                                        "-o",
                                        "jsonpath={.spec.peerASN}")
                                .orFail()
                                .out())
                .isEqualTo("64513");
    }

    @Test
    void aPeerOfTheOldVersionIsCheckedLikeANewOne() {
        assertThat(
                        KUBECTL.tryApply(
                                        """
                                        apiVersion: metallb.io/v1beta1
                                        kind: BGPPeer
                                        metadata: {name: bad, namespace: metallb-system}
                                        spec: {myASN: 64512, peerASN: 64513, peerAddress: nonsense}
                                        """)
                                .err())
                .contains("denied the request: spec.peerAddress: invalid IP address \"nonsense\"");
    }

    @Test
    void aCaBundleThatSomebodyChangedIsPutRight() {
        // Given
        Resource<MutatingWebhookConfiguration> configuration = configuration();
        String bundle = bundle(configuration.get());
        assertThat(bundle).isNotEmpty();

        // When
        configuration.edit(c -> {
            c.getWebhooks().getFirst().getClientConfig().setCaBundle(null);
            return c;
        });

        // Then
        await().untilAsserted(() -> assertThat(bundle(configuration.get())).isEqualTo(bundle));
    }

    @Test
    void anotherReplicaServesWithTheSameCertificates() {
        // Given
        String before = secret().get().getMetadata().getResourceVersion();

        // When
        try (Webhooks other = webhooks()) {
            other.start();
            await().until(other::ready);
        }

        // Then
        assertThat(secret().get().getMetadata().getResourceVersion()).isEqualTo(before);
    }

    @Test
    void aLostSecretIsReplacedAndTheListenerFollows() {
        // Given
        String before = secret().get().getData().get("ca.crt");

        // When
        secret().delete();

        // Then
        await().untilAsserted(() ->
                assertThat(secret().get())
                        .extracting(s -> s.getData().get("ca.crt"))
                        .isNotNull()
                        .isNotEqualTo(before)
                        .isEqualTo(bundle(configuration().get())));
        awaitAnswers();
    }

    /// New webhook configurations and bundles act some 0.3 s after they are stored.
    private static void awaitAnswers() {
        await().until(() ->
                addresses(CLIENT.resource(loadBalancer("probe").build()).dryRun(true).create())
                        != null);
        await().until(() ->
                KUBECTL.tryApply(pool("probe", "10.0.0.0/24", "default"), "--dry-run=server")
                                .exitCode()
                        != 0);
    }

    private static Webhooks webhooks() {
        return new Webhooks(
                VERTX,
                CLIENT,
                SETTINGS,
                AUTHORITY,
                () ->
                        Optional.of(
                                ConfigObjects.of(
                                        new ArrayList<>(
                                                CLIENT.resources(IPAddressPool.class)
                                                        .inNamespace(NAMESPACE)
                                                        .list()
                                                        .getItems()))),
                (_, _, _) -> {},
                Clock.systemUTC());
    }

    private static String byUrl(String manifest) throws IOException {
        return Files.readString(Path.of("kubernetes/common", manifest))
                .replaceAll(
                        "service:\\s+name: \\S+\\s+namespace: \\S+\\s+path: (\\S+)\\s+port: 443",
                        "url: " + url("$1"));
    }

    private static String url(String path) {
        return "https://127.0.0.1:%d%s".formatted(WEBHOOKS.port(), path);
    }

    private static ServiceBuilder loadBalancer(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec();
    }

    private static Service create(ServiceBuilder service) {
        return CLIENT.resource(service.build()).create();
    }

    private static Resource<Service> service(String name) {
        return CLIENT.services().inNamespace("default").withName(name);
    }

    private static @Nullable String addresses(Service service) {
        return service.getMetadata().getAnnotations().get(ServiceAnnotations.ADDRESSES);
    }

    private static Resource<Secret> secret() {
        return CLIENT.secrets()
                .inNamespace(WebhookSettings.secretNamespace(NAMESPACE))
                .withName(WebhookSettings.SECRET);
    }

    private static Resource<MutatingWebhookConfiguration> configuration() {
        return CLIENT.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(WebhookSettings.CONFIGURATION);
    }

    private static String bundle(MutatingWebhookConfiguration configuration) {
        return configuration.getWebhooks().getFirst().getClientConfig().getCaBundle();
    }

    private static String pool(String name, String addresses, String namespace) {
        return """
        apiVersion: metallb.io/v1beta1
        kind: IPAddressPool
        metadata: {name: %s, namespace: %s}
        spec: {addresses: [%s]}
        """
                .formatted(name, namespace, addresses);
    }
}

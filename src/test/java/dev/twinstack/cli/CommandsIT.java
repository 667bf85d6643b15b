package dev.twinstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.BGPSession;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabServices;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.TwinstackProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/// The commands where no process answers, with the rights of `twinstack:commands`: what they
/// compute from the cluster is what the controller said before it ended.
@ExtendWith(LabExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NAMESPACE = "it-commands";

    private record Answer(int exit, String out, String err) {}

    private final LabCluster cluster;
    private final LabServices services;
    private final Path viewer;
    private JsonNode poolsOfController = json("[]");
    private JsonNode addressesOfController = json("[]");
    private JsonNode explanationOfController = json("{}");
    private JsonNode routeOfController = json("{}");

    CommandsIT(LabCluster cluster) {
        this.cluster = cluster;
        Manifests.install(cluster);
        Manifests.removeWebhooks(cluster);
        this.services = new LabServices(cluster, NAMESPACE);
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: v1
                        kind: ServiceAccount
                        metadata: {name: viewer, namespace: it-commands}
                        ---
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: ClusterRoleBinding
                        metadata: {name: it-commands}
                        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "twinstack:commands"}
                        subjects: [{kind: ServiceAccount, name: viewer, namespace: it-commands}]
                        ---
                        apiVersion: metallb.io/v1beta1
                        kind: IPAddressPool
                        metadata: {name: few, namespace: metallb-system}
                        spec: {addresses: [192.0.2.0/30]}
                        ---
                        apiVersion: twinstack.dev/v1alpha1
                        kind: AddressPolicy
                        metadata: {name: few, namespace: metallb-system}
                        spec:
                          targetRefs: [{group: metallb.io, kind: IPAddressPool, name: few}]
                          exclude: [192.0.2.1/32]
                          retention: {keepAfterDelete: 1h, reuseAfter: 1h}
                        ---
                        apiVersion: twinstack.dev/v1alpha1
                        kind: AddressClaim
                        metadata: {name: printer, namespace: it-commands}
                        spec: {addresses: [192.0.2.3]}
                        ---
                        apiVersion: v1
                        kind: Node
                        metadata: {name: it-commands}
                        ---
                        apiVersion: metallb.io/v1beta2
                        kind: BGPPeer
                        metadata: {name: tor, namespace: metallb-system}
                        spec:
                          myASN: 64512
                          peerASN: 64500
                          peerAddress: 192.0.2.254
                          passwordSecret: {name: not-read}
                        ---
                        apiVersion: metallb.io/v1beta1
                        kind: BGPAdvertisement
                        metadata: {name: few, namespace: metallb-system}
                        spec: {ipAddressPools: [few]}
                        """);
        this.viewer = cluster.serviceAccountKubeconfig(NAMESPACE, "viewer");
    }

    @BeforeAll
    void askAControllerThatThenEnds() {
        try (TwinstackProcess controller =
                TwinstackProcess.role("controller", cluster.directory())
                        .named("commands-controller")
                        .kubeconfig(
                                cluster.serviceAccountKubeconfig(
                                        Manifests.NAMESPACE, Manifests.CONTROLLER))
                        .start()) {
            controller.awaitReady();
            String url = controller.http("").toString();
            services.create("gone");
            services.awaitAddresses("gone", 1);
            await().atMost(SOON)
                    .until(
                            () -> addresses(url).findValuesAsText("state"),
                            List.of("assigned", "excluded", "claimed")::equals);
            services.delete("gone");
            await().atMost(SOON)
                    .until(() -> addresses(url).findValuesAsText("state").contains("kept"));
            services.create("first");
            services.awaitAddresses("first", 1);
            services.create("second");
            await().atMost(SOON).until(() -> !services.conditions("second").isEmpty());
            addressesOfController = addresses(url);
            poolsOfController = json(run("pools", "-o", "json", "--url", url).out());
            explanationOfController =
                    json(
                            run(
                                            "explain",
                                            "service",
                                            "it-commands/second",
                                            "-o",
                                            "json",
                                            "--url",
                                            url)
                                    .out());
            routeOfController =
                    json(run("explain", "route", firstAddress(), "-o", "json", "--url", url).out());
        }
    }

    @AfterAll
    void tidyUp() {
        services.deleteAll();
        // Nobody is there to take the finalizers off.
        List.of(NAMESPACE, Manifests.NAMESPACE).forEach(this::deleteClaims);
        cluster.kubectl().run("delete", "addresspolicies", "--all", "-n", Manifests.NAMESPACE);
        cluster.kubectl().run("delete", "ipaddresspools", "--all", "-n", Manifests.NAMESPACE);
        cluster.kubectl()
                .run("delete", "bgppeers,bgpadvertisements", "--all", "-n", Manifests.NAMESPACE);
        cluster.kubectl().run("delete", "clusterrolebinding,node", "it-commands");
    }

    @Test
    void poolsAreComputedFromTheCluster() {
        Answer answer = asViewer("pools", "-o", "json");

        assertThat(json(answer.out())).isEqualTo(poolsOfController).isNotEmpty();
        assertThat(answer.err())
                .contains(
                        "no leading controller answers", "no reservations", "twinstack.dev/leader")
                .hasLineCount(1);
    }

    @Test
    void addressesAreComputedFromTheCluster() {
        Answer answer = asViewer("addresses", "-o", "json");

        assertThat(withoutTimes(json(answer.out())))
                .isEqualTo(withoutTimes(addressesOfController))
                .isNotEmpty();
    }

    @Test
    void aServiceIsExplainedFromTheCluster() {
        Answer answer = asViewer("explain", "service", "it-commands/second", "-o", "json");

        ObjectNode computed = (ObjectNode) json(answer.out());
        assertThat(computed.remove("last").isNull()).isTrue();
        assertThat(computed).isEqualTo(((ObjectNode) explanationOfController).without("last"));
        assertThat(computed.path("verdict").asText()).contains("few");
    }

    @Test
    void aRouteIsExplainedFromTheCluster() {
        Answer answer = asViewer("explain", "route", firstAddress(), "-o", "json");

        assertThat(json(answer.out())).isEqualTo(routeOfController);
        assertThat(answer.out()).contains("it-commands/first: no endpoint can serve");
        assertThat(answer.err()).contains("as the speakers wrote it last").hasLineCount(1);
    }

    @Test
    void routesAreComputedFromTheCluster() {
        // Given somebody who serves
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: discovery.k8s.io/v1
                        kind: EndpointSlice
                        metadata:
                          name: first-1
                          namespace: it-commands
                          labels: {kubernetes.io/service-name: first}
                        addressType: IPv4
                        endpoints: [{addresses: [10.244.9.9], nodeName: elsewhere, conditions: {ready: true}}]
                        """);

        // When
        Answer answer = asViewer("routes");

        // Then
        assertThat(answer.out())
                .contains(
                        firstAddress()
                                + "/32   no: no speaker of node it-commands has reported a session"
                                + " with it");
        assertThat(asViewer("routes", "--family", "ipv6").out()).isEqualTo("No routes.\n");
        cluster.kubectl().run("delete", "endpointslice", "first-1", "-n", NAMESPACE);
    }

    @Test
    void sessionsAreReadFromTheirObjects() {
        cluster.client().resources(BGPSession.class).inNamespace(Manifests.NAMESPACE).delete();

        Answer answer = asViewer("sessions");

        assertThat(answer.exit()).isZero();
        assertThat(answer.out()).isEqualTo("No sessions.\n");
        assertThat(answer.err()).contains("BGPSession objects").hasLineCount(1);
    }

    @Test
    void aServiceThatIsNotThereIsAFailure() {
        Answer answer = asViewer("explain", "service", "it-commands/nobody");

        assertThat(answer.exit()).isOne();
        assertThat(answer.err()).contains("has no Service it-commands/nobody");
    }

    @Test
    void whoMayNotReadIsToldWhatIsMissing() {
        cluster.kubectl().run("create", "serviceaccount", "nobody", "-n", NAMESPACE);
        Path nobody = cluster.serviceAccountKubeconfig(NAMESPACE, "nobody");

        Answer answer = run("pools", "--kubeconfig", nobody.toString());

        assertThat(answer.exit()).isOne();
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("cannot list resource \"namespaces\"").hasLineCount(1);
    }

    private String firstAddress() {
        return LabServices.addresses(services.get("first")).getFirst();
    }

    private void deleteClaims(String namespace) {
        var claims = cluster.client().resources(AddressClaim.class).inNamespace(namespace);
        for (AddressClaim claim : claims.list().getItems()) {
            claims.resource(claim)
                    .edit(it -> {
                        it.getMetadata().setFinalizers(List.of());
                        return it;
                    });
        }
        claims.delete();
    }

    private JsonNode addresses(String url) {
        return json(run("addresses", "-o", "json", "--url", url).out());
    }

    private Answer asViewer(String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--kubeconfig";
        all[arguments.length + 1] = viewer.toString();
        return run(all);
    }

    private static Answer run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine program =
                Main.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int exit = program.execute(arguments);
        return new Answer(exit, out.toString(), err.toString());
    }

    /// Only a controller knows since when; a deleted Service's time begins when it is seen missing.
    private static JsonNode withoutTimes(JsonNode addresses) {
        addresses.forEach(address -> ((ObjectNode) address).remove(List.of("since", "until")));
        return addresses;
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}

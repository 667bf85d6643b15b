package dev.twinstack.operator.speaker;

import static org.awaitility.Awaitility.await;

import dev.twinstack.crd.BGPSession;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.crd.ServiceBGPStatus;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LabProcess;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.TwinstackProcess;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.LoadBalancerStatusBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ServiceStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// A node with a speaker process on the lab's LAN, with the rights of the manifests and no others;
/// pools 198.51.100.0/24 and 2001:db8:51::/64, announced to all peers. The test writes the statuses
/// of Services itself: there is no controller.
final class SpeakerScene implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(30);

    private static final String CONFIG = Manifests.NAMESPACE;

    private final LabCluster cluster;
    private final KubernetesClient client;
    private final String node;
    private final Path kubeconfig;
    private TwinstackProcess process;

    /// @param node also the namespace of the test's Services
    SpeakerScene(LabCluster cluster, String node) {
        this.cluster = cluster;
        this.client = cluster.client();
        this.node = node;
        Manifests.install(cluster);
        Manifests.removeWebhooks(cluster);
        cluster.kubectl()
                .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(node));
        createNode();
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: metallb.io/v1beta1
                        kind: IPAddressPool
                        metadata: {name: %1$s, namespace: %2$s}
                        spec: {addresses: [198.51.100.0/24, "2001:db8:51::/64"]}
                        ---
                        apiVersion: metallb.io/v1beta1
                        kind: BGPAdvertisement
                        metadata: {name: %1$s, namespace: %2$s}
                        spec: {ipAddressPools: [%1$s]}
                        """
                                .formatted(node, CONFIG));
        this.kubeconfig = cluster.serviceAccountKubeconfig(CONFIG, Manifests.SPEAKER);
        this.process = start();
    }

    private TwinstackProcess start() {
        return TwinstackProcess.role("speaker", cluster.directory())
                .named(node)
                .kubeconfig(kubeconfig)
                .arguments("--node-name", node)
                .start()
                .awaitReady();
    }

    void stopSpeaker() {
        process.close();
    }

    void startSpeaker() {
        process = start();
    }

    /// `SIGKILL`.
    void killSpeaker() {
        process.process().kill();
    }

    private void createNode() {
        client.nodes().withName(node).delete();
        client.resource(new NodeBuilder().withNewMetadata().withName(node).endMetadata().build())
                .create();
        client.nodes()
                .withName(node)
                .editStatus(present ->
                        new NodeBuilder(present)
                                .editOrNewStatus()
                                .addNewAddress(LabLan.OWN_IPV4, "InternalIP")
                                .addNewAddress(LabLan.OWN_IPV6, "InternalIP")
                                .endStatus()
                                .build());
    }

    /// @param spec lines of a BGPPeer's spec in flow form, without myASN
    void peer(String name, String spec) {
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: metallb.io/v1beta2
                        kind: BGPPeer
                        metadata: {name: %s, namespace: %s}
                        spec: {myASN: 64512, %s}
                        """
                                .formatted(name, CONFIG, spec));
    }

    /// @param spec lines of a BFDProfile's spec in flow form
    void bfdProfile(String name, String spec) {
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: metallb.io/v1beta1
                        kind: BFDProfile
                        metadata: {name: %s, namespace: %s}
                        spec: {%s}
                        """
                                .formatted(name, CONFIG, spec));
    }

    /// @param spec lines of a PeerPolicy's spec in flow form, without targetRefs
    void peerPolicy(String peer, String spec) {
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: twinstack.dev/v1alpha1
                        kind: PeerPolicy
                        metadata: {name: %1$s, namespace: %2$s}
                        spec: {targetRefs: [{name: %1$s}], %3$s}
                        """
                                .formatted(peer, CONFIG, spec));
    }

    /// Runs a command of the program as the cluster's administrator, to its end.
    ///
    /// @return what it printed
    String command(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", cluster.adminKubeconfig().toString()));
        LabProcess command =
                TwinstackProcess.program(
                        "command", cluster.directory(), all.toArray(String[]::new));
        await(String.join(" ", arguments)).atMost(SOON).until(() -> !command.isAlive());
        return command.output();
    }

    void removePeer(String name) {
        cluster.kubectl().run("delete", "bgppeer", name, "-n", CONFIG).orFail();
    }

    /// A Service with one ready endpoint somewhere and these addresses in its status.
    void service(String name, String... addresses) {
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: v1
                        kind: Service
                        metadata: {name: %1$s, namespace: %2$s}
                        spec: {type: LoadBalancer, ports: [{port: 80}], ipFamilyPolicy: PreferDualStack}
                        ---
                        apiVersion: discovery.k8s.io/v1
                        kind: EndpointSlice
                        metadata:
                          name: %1$s-1
                          namespace: %2$s
                          labels: {kubernetes.io/service-name: %1$s}
                        addressType: IPv4
                        endpoints: [{addresses: [10.244.9.9], nodeName: elsewhere, conditions: {ready: true}}]
                        ports: [{port: 80}]
                        """
                                .formatted(name, node));
        client.services()
                .inNamespace(node)
                .withName(name)
                .editStatus(service -> {
                    service.setStatus(
                            new ServiceStatusBuilder()
                                    .withLoadBalancer(
                                            new LoadBalancerStatusBuilder()
                                                    .addAllToIngress(
                                                            Stream.of(addresses)
                                                                    .map(address ->
                                                                            new LoadBalancerIngressBuilder()
                                                                                    .withIp(address)
                                                                                    .build())
                                                                    .toList())
                                                    .build())
                                    .build());
                    return service;
                });
    }

    void deleteService(String name) {
        client.services().inNamespace(node).withName(name).delete();
    }

    /// Says whether the endpoint of a Service can serve.
    void ready(String service, boolean ready) {
        client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(node)
                .withName(service + "-1")
                .edit(slice -> {
                    slice.getEndpoints().getFirst().getConditions().setReady(ready);
                    return slice;
                });
    }

    /// What the speaker has written about its session, once it has.
    Optional<BGPSessionStatus> session(String peer) {
        BGPSession object =
                client.resources(BGPSession.class)
                        .inNamespace(CONFIG)
                        .withName(node + "-" + peer)
                        .get();
        return Optional.ofNullable(object).map(BGPSession::getStatus);
    }

    BGPSessionStatus awaitEstablished(String peer) {
        await("session with " + peer + ", log " + process.process().log())
                .atMost(SOON)
                .until(() ->
                        session(peer)
                                .filter(status -> "Established".equals(status.state()))
                                .isPresent());
        return session(peer).orElseThrow();
    }

    List<String> events(String service) {
        return client.v1().events().inNamespace(node).list().getItems().stream()
                .filter(event -> service.equals(event.getInvolvedObject().getName()))
                .map(event -> event.getReason() + ": " + event.getMessage())
                .toList();
    }

    /// `reason: text` of Events about a BGPPeer.
    List<String> peerEvents(String peer) {
        return client.v1().events().inNamespace(CONFIG).list().getItems().stream()
                .filter(event -> "BGPPeer".equals(event.getInvolvedObject().getKind()))
                .filter(event -> peer.equals(event.getInvolvedObject().getName()))
                .map(event -> event.getReason() + ": " + event.getMessage())
                .toList();
    }

    /// The peers in each ServiceBGPStatus of a Service on this node.
    List<List<String>> statusPeers(String service) {
        return client
                .resources(ServiceBGPStatus.class)
                .inNamespace(CONFIG)
                .withLabel("metallb.io/node", node)
                .withLabel("metallb.io/service-name", service)
                .withLabel("metallb.io/service-namespace", node)
                .list()
                .getItems()
                .stream()
                .map(ServiceBGPStatus::getStatus)
                .filter(Objects::nonNull)
                .map(ServiceBGPStatus.Status::peers)
                .toList();
    }

    String configurationState() {
        return cluster.kubectl()
                .run(
                        "get",
                        "configurationstate",
                        "speaker-" + node,
                        "-n",
                        CONFIG,
                        "-o",
                        "jsonpath={.status.result}")
                .out();
    }

    URI http(String path) {
        return process.http(path);
    }

    /// What `/metrics` says, in the classic text format.
    String metrics() {
        return get("/metrics", "text/plain");
    }

    /// What `/api/v1/routes` says, as text.
    String routes() {
        return get("/api/v1/routes", "application/json");
    }

    /// What `/api/v1/routes/PREFIX/explain` says, as text.
    String explanation(String prefix) {
        return get("/api/v1/routes/" + prefix + "/explain", "application/json");
    }

    private String get(String path, String accept) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(process.http(path)).header("Accept", accept).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Stops the speaker and takes everything of this scene out of the cluster.
    @Override
    public void close() {
        process.close();
        cluster.kubectl().run("delete", "bgppeers", "--all", "-n", CONFIG);
        cluster.kubectl().run("delete", "peerpolicies", "--all", "-n", CONFIG);
        cluster.kubectl().run("delete", "bgpadvertisement,ipaddresspool", node, "-n", CONFIG);
        cluster.kubectl().run("delete", "bgpsessions,servicebgpstatuses", "--all", "-n", CONFIG);
        client.services().inNamespace(node).delete();
        client.nodes().withName(node).delete();
    }
}

package dev.twinstack.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.twinstack.testing.lab.Kubectl;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabProcess;
import dev.twinstack.testing.lab.Ports;
import dev.twinstack.testing.lab.TwinstackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// The program turns a cluster dual-stack and back: a controller and node-config on three nodes,
/// each in a process of its own and with the rights of `kubernetes/`, and MicroK8s' launcher as
/// `lab/microk8s-node` plays it. The restart of n1's kubelite is a restart of the real API server,
/// with what then stands in n1's file.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodeConfigIT {

    private static final String SINGLE = "10.152.183.0/24";
    private static final Path STOCK = Path.of("src/test/resources/dualstack");
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<AutoCloseable>> running = new HashMap<>();
    private LabCluster cluster;
    private Kubectl kubectl;
    private Path directory;

    @BeforeAll
    void aSingleStackClusterOfTwoNodes() throws IOException {
        cluster = LabCluster.start(SINGLE);
        kubectl = cluster.kubectl();
        directory = cluster.directory();
        kubectl.applyKustomization(Path.of("kubernetes"));
        kubectl.applyKustomization(Path.of("kubernetes/node-config"));
        kubectl.apply(Files.readString(Path.of("src/test/resources/calico/crds.yaml")));
        kubectl.run("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s")
                .orFail();
        for (JsonNode object : objects(STOCK.resolve("stock-1.35/in/objects"))) {
            String kind = object.path("kind").asText();
            if (!kind.equals("ServiceCIDR") && !kind.equals("Node")) {
                kubectl.apply(complete(object));
            }
        }
        kubectl.apply(service("old", "SingleStack"));
        node("n1", true, "fd00:10::11");
        node("n2", false, "");
        controller();
    }

    @AfterAll
    void stop() throws Exception {
        for (List<AutoCloseable> processes : running.values()) {
            for (AutoCloseable process : processes.reversed()) {
                process.close();
            }
        }
        cluster.close();
    }

    @Test
    @Order(1)
    void withoutAWordThePlanIsShownAndANodeWithoutIpv6Refused() throws IOException {
        // When
        kubectl.apply(wish("Plan", 0));

        // Then
        awaitPhase("Refused");
        assertThat(status("message")).startsWith("node n2: IPv6 is off");
        assertThat(status("refusals[0].command")).contains("on n2");
        kubectl.apply(wish("Apply", 0));
        await().atMost(LONG).until(() -> status("observedGeneration").equals("2"));
        assertThat(status("phase")).isEqualTo("Refused");
        assertThat(flag("n1", "kube-apiserver", "--service-cluster-ip-range")).isEqualTo(SINGLE);
        assertThat(kubectl.run("get", "ippools", "-o", "name").orFail().out())
                .doesNotContain("default-ipv6-ippool");
    }

    @Test
    @Order(2)
    void aNodeThatDoesNotComeBackStopsItAndIsRestored() throws IOException {
        // Given
        hasIpv6("n2", "fd00:10::12");
        Files.createFile(directory.resolve("n2-broken"));

        // When the preflight holds, it goes on by itself

        // Then
        awaitPhase("Stopped");
        assertThat(status("message"))
                .startsWith("n2: not back after")
                .endsWith("its arguments are restored, and it is back");
        assertThat(flag("n2", "kube-proxy", "--cluster-cidr")).isEqualTo("10.1.0.0/16");
        assertThat(flag("n1", "kube-apiserver", "--service-cluster-ip-range"))
                .isEqualTo(SINGLE + ",fd98::/108");
        assertThat(nodeStage("n1")).isEqualTo("InForce");
        assertThat(nodeStage("n2")).isEqualTo("RolledBack");
    }

    @Test
    @Order(3)
    void anotherAttemptCompletesItAndServicesKeepTheirAddresses() throws IOException {
        // Given
        Files.delete(directory.resolve("n2-broken"));
        String old = clusterIps("old");

        // When
        kubectl.apply(wish("Apply", 1));

        // Then
        awaitPhase("Done");
        assertThat(flag("n2", "kube-proxy", "--cluster-cidr")).isEqualTo("10.1.0.0/16,fd01::/64");
        assertThat(clusterIps("old")).isEqualTo(old).doesNotContain(":");
        kubectl.run("annotate", "service/old", "touched=yes").orFail();
        kubectl.apply(service("both", "RequireDualStack"));
        assertThat(clusterIps("both"))
                .matches("\\[\"10\\.152\\.183\\.\\d+\",\"fd98::[0-9a-f:]+\"\\]");
        assertThat(calico()).contains("IP6_AUTODETECTION_METHOD", "CALICO_IPV6POOL_NAT_OUTGOING");
        assertThat(kubectl.run("get", "ippools", "-o", "name").orFail().out())
                .contains("default-ipv6-ippool");
        assertThat(directory.resolve("n1/var/snap/microk8s/common/etc/launcher/twinstack/backup"))
                .isDirectoryContaining("glob:**/kube-apiserver");
    }

    @Test
    @Order(4)
    void anotherControllerFindsItDone() {
        // When
        close("controller");
        controller();

        // Then
        await().during(Duration.ofSeconds(5))
                .atMost(LONG)
                .until(() -> status("phase").equals("Done"));
    }

    @Test
    @Order(5)
    void aNodeThatJoinsLaterIsBroughtInLine() throws IOException {
        // When
        node("n3", false, "fd00:10::13");

        // Then
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(flag("n3", "kube-proxy", "--cluster-cidr"))
                                .isEqualTo("10.1.0.0/16,fd01::/64"));
        awaitPhase("Done");
        assertThat(nodeStage("n3")).isEqualTo("InForce");
    }

    @Test
    @Order(6)
    void aNodeMayReportOnlyItselfAndOrderNothing() throws IOException {
        // Given
        String account = "--as=system:serviceaccount:metallb-system:twinstack-node-config";
        String patch = "{\"status\":{\"message\":\"mine\"}}";

        // When
        Kubectl.Result other =
                kubectl.run(
                        "patch",
                        "dualstacknode",
                        "n2",
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        patch,
                        account,
                        "--as-user-extra=authentication.kubernetes.io/node-name=n1");
        Kubectl.Result order =
                kubectl.run(
                        "patch",
                        "dualstacknode",
                        "n1",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"attempt\":99}}",
                        account);

        // Then
        assertThat(other.err()).contains("own node only");
        assertThat(order.err()).contains("forbidden");
    }

    @Test
    @Order(7)
    void theWayBackIsRefusedWhileAServiceNeedsIpv6ThenForced() throws IOException {
        // When
        kubectl.apply(wish("Undo", 2));

        // Then
        awaitPhase("Refused");
        assertThat(status("message")).contains("Service default/both");
        kubectl.apply(wish("Undo", 3).replace("mode: Undo", "mode: Undo, force: true"));
        awaitPhase("Done");
        assertThat(clusterIps("both")).doesNotContain(":");
        kubectl.run("annotate", "--overwrite", "service/both", "touched=yes").orFail();
        assertThat(flag("n1", "kube-apiserver", "--service-cluster-ip-range")).isEqualTo(SINGLE);
        for (String node : List.of("n1", "n2", "n3")) {
            assertThat(flag(node, "kube-proxy", "--cluster-cidr")).isEqualTo("10.1.0.0/16");
        }
        assertThat(kubectl.run("get", "ippools", "-o", "name").orFail().out())
                .doesNotContain("default-ipv6-ippool");
        assertThat(calico()).doesNotContain("IP6_AUTODETECTION_METHOD");
    }

    private void controller() {
        TwinstackProcess process =
                TwinstackProcess.role("controller", directory)
                        .kubeconfig(
                                cluster.serviceAccountKubeconfig(
                                        "metallb-system", "twinstack-controller"))
                        .arguments(
                                "--lease-duration=3s",
                                "--lease-renew-deadline=2s",
                                "--lease-retry-period=1s")
                        .start()
                        .awaitReady();
        running.computeIfAbsent("controller", key -> new ArrayList<>()).add(process);
    }

    /// A Node object, the directories of its host, MicroK8s' launcher, and node-config.
    private void node(String name, boolean controlPlane, String ipv6) throws IOException {
        Path root = directory.resolve(name);
        host(name, controlPlane);
        hasIpv6(name, ipv6);
        kubectl.apply(
                """
                apiVersion: v1
                kind: Node
                metadata:
                  name: %s
                  labels: {microk8s.io/cluster: "true"%s}
                """
                        .formatted(
                                name,
                                controlPlane
                                        ? ", node.kubernetes.io/microk8s-controlplane: \"\""
                                        : ""));
        kubectl.run(
                        "patch",
                        "node",
                        name,
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        "{\"status\":{\"nodeInfo\":{\"architecture\":\"\",\"bootID\":\"\","
                                + "\"containerRuntimeVersion\":\"\",\"kernelVersion\":\"\","
                                + "\"kubeProxyVersion\":\"\",\"machineID\":\"\","
                                + "\"operatingSystem\":\"\",\"osImage\":\"\",\"systemUUID\":\"\","
                                + "\"kubeletVersion\":\"v1.35.4\"},\"addresses\":"
                                + "[{\"type\":\"InternalIP\",\"address\":\"127.0.0.1\"}]}}")
                .orFail();
        List<String> launcher =
                new ArrayList<>(
                        List.of(
                                Path.of("lab/microk8s-node").toAbsolutePath().toString(),
                                "--snap=" + root.resolve("var/snap/microk8s"),
                                "--poll=0.5",
                                "--broken=" + directory.resolve(name + "-broken")));
        if (controlPlane) {
            launcher.add("--kubelite=" + cluster.handOverApiServer());
        }
        running.computeIfAbsent(name, key -> new ArrayList<>())
                .add(LabProcess.start("microk8s-" + name, directory, launcher, Map.of()));
        cluster.awaitApiServer();
        running.get(name)
                .add(
                        TwinstackProcess.role("node-config", directory)
                                .named("node-config-" + name)
                                .kubeconfig(
                                        cluster.serviceAccountKubeconfig(
                                                "metallb-system", "twinstack-node-config"))
                                .arguments(
                                        "--node-name=" + name,
                                        "--root=" + root,
                                        "--restart-deadline=" + (controlPlane ? "90s" : "10s"))
                                .start());
    }

    private void host(String name, boolean controlPlane) throws IOException {
        Path args = directory.resolve(name + "/var/snap/microk8s/current/args");
        Map<String, String> files = new HashMap<>();
        read(STOCK.resolve("stock-1.32/in/nodes/n1/args"), files);
        read(STOCK.resolve("stock-1.35/in/nodes/n1/args"), files);
        if (!controlPlane) {
            files.keySet().removeIf(file -> !file.matches("kube-proxy|kubelet|cni-env"));
        }
        files.merge(
                "kube-proxy",
                "--metrics-bind-address=127.0.0.1:%d\n".formatted(Ports.free()),
                String::concat);
        files.computeIfPresent(
                "kube-apiserver",
                (file, text) ->
                        text.replaceAll("(?m)^--secure-port=.*\n", "")
                                + "--secure-port=%s\n"
                                        .formatted(cluster.server().replaceAll(".*:", "")));
        for (Map.Entry<String, String> file : files.entrySet()) {
            write(args.resolve(file.getKey()), file.getValue());
        }
    }

    private static void read(Path directory, Map<String, String> files) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
    }

    /// What `/proc` of a host says. @param address empty: IPv6 is off
    private void hasIpv6(String name, String address) throws IOException {
        Path proc = directory.resolve(name + "/proc");
        write(proc.resolve("sys/kernel/osrelease"), "6.8.0-45-generic\n");
        write(proc.resolve("net/ip6_tables_names"), "nat\n");
        write(proc.resolve("sys/net/ipv6/conf/all/forwarding"), "1\n");
        write(
                proc.resolve("sys/net/ipv6/conf/all/disable_ipv6"),
                address.isEmpty() ? "1\n" : "0\n");
        write(proc.resolve("sys/net/ipv6/conf/eth0/accept_ra"), "0\n");
        String last = address.isEmpty() ? "00" : address.substring(address.length() - 2);
        write(
                proc.resolve("net/if_inet6"),
                "fd0000100000000000000000000000%s 02 40 00 80 eth0\n".formatted(last));
        String zero = "0".repeat(32);
        write(
                proc.resolve("net/ipv6_route"),
                "%s 00 %s 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003 eth0\n"
                        .formatted(zero, zero));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void close(String name) {
        running.getOrDefault(name, List.of())
                .forEach(process -> {
                    try {
                        process.close();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
        running.remove(name);
    }

    private void awaitPhase(String phase) {
        await("phase " + phase)
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(status("phase")).as(status("message")).isEqualTo(phase));
    }

    private String status(String path) {
        return kubectl.run("get", "dualstack", "default", "-o", "jsonpath={.status." + path + "}")
                .out();
    }

    private String nodeStage(String node) {
        return kubectl.run("get", "dualstacknode", node, "-o", "jsonpath={.status.stage}")
                .orFail()
                .out();
    }

    private String flag(String node, String file, String flag) throws IOException {
        return Files.readAllLines(
                        directory.resolve(node + "/var/snap/microk8s/current/args/" + file))
                .stream()
                .filter(line -> line.startsWith(flag + "="))
                .map(line -> line.substring(flag.length() + 1))
                .findFirst()
                .orElse("");
    }

    private String calico() {
        return kubectl.run("get", "-n", "kube-system", "daemonset/calico-node", "-o", "yaml")
                .orFail()
                .out();
    }

    private String clusterIps(String name) {
        return kubectl.run("get", "service", name, "-o", "jsonpath={.spec.clusterIPs}")
                .orFail()
                .out();
    }

    private static String wish(String mode, int attempt) {
        return "{apiVersion: twinstack.dev/v1alpha1, kind: DualStack, metadata: {name: default}, spec: {mode: %s, attempt: %d}}"
                .formatted(mode, attempt);
    }

    private static String service(String name, String policy) {
        return """
        apiVersion: v1
        kind: Service
        metadata: {name: %s}
        spec:
          ipFamilyPolicy: %s
          ports: [{port: 80}]
        """
                .formatted(name, policy);
    }

    private static List<JsonNode> objects(Path directory) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                try (var documents =
                        new YAMLMapper()
                                .readerFor(JsonNode.class)
                                .<JsonNode>readValues(file.toFile())) {
                    documents.forEachRemaining(objects::add);
                }
            }
        }
        return objects;
    }

    /// The cases leave out of a DaemonSet what the planner does not read.
    private static String complete(JsonNode object) {
        if (object.path("kind").asText().equals("DaemonSet")) {
            ObjectNode spec = (ObjectNode) object.path("spec");
            ObjectNode labels = JSON.createObjectNode().put("k8s-app", "calico-node");
            spec.putObject("selector").set("matchLabels", labels);
            ((ObjectNode) spec.path("template")).putObject("metadata").set("labels", labels);
        }
        return object.toString();
    }
}

package dev.twinstack.dualstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.crd.DualStackSpec;
import dev.twinstack.dualstack.FindingsReader.NodeFiles;
import dev.twinstack.dualstack.args.ArgsFile;
import dev.twinstack.testing.lab.Kubectl;
import dev.twinstack.testing.lab.LabCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// A real API server goes from single-stack to dual-stack and back, by exactly the flags and
/// objects of the plans. The node's files are those of `stock-1.35`; Calico's objects are real
/// objects here, with nothing behind them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DualStackIT {

    private static final String SINGLE = "10.152.183.0/24";
    private static final String CALICO =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: ippools.crd.projectcalico.org}
            spec:
              group: crd.projectcalico.org
              names: {kind: IPPool, listKind: IPPoolList, plural: ippools, singular: ippool}
              scope: Cluster
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private LabCluster cluster;
    private Kubectl kubectl;
    private Map<String, String> before;
    private Map<String, String> args;
    private ClusterObjects objectsBefore = new ClusterObjects(List.of());

    @BeforeAll
    void aSingleStackCluster() throws IOException {
        cluster = LabCluster.start(SINGLE);
        kubectl = cluster.kubectl();
        kubectl.apply(CALICO);
        kubectl.run("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s")
                .orFail();
        ClusterFindings stock = new PlanCase(PlanCase.ROOT.resolve("stock-1.35")).findings("");
        for (JsonNode object : stock.objects().all()) {
            if (!object.path("kind").asText().equals("ServiceCIDR")) {
                kubectl.apply(complete(object));
            }
        }
        kubectl.run(
                        "patch",
                        "node",
                        "n1",
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        "{\"status\":{\"nodeInfo\":{\"architecture\":\"\",\"bootID\":\"\","
                                + "\"containerRuntimeVersion\":\"\",\"kernelVersion\":\"\","
                                + "\"kubeProxyVersion\":\"\",\"machineID\":\"\","
                                + "\"operatingSystem\":\"\",\"osImage\":\"\",\"systemUUID\":\"\","
                                + "\"kubeletVersion\":\"v1.35.4\"},\"addresses\":"
                                + "[{\"type\":\"InternalIP\",\"address\":\"192.0.2.11\"}]}}")
                .orFail();
        before = stock.node("n1").args();
        args = before;
        kubectl.apply(service("old", "SingleStack"));
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void aSingleStackApiServerRefusesTwoFamilies() {
        assertThat(kubectl.tryApply(service("both", "RequireDualStack")).err())
                .containsIgnoringCase("cluster is not configured for dual-stack services");
    }

    @Test
    @Order(2)
    void thePlannedStepsMakeItDualStack() throws IOException {
        // Given
        String old = clusterIps("old");
        objectsBefore = new ClusterReader(cluster.client()).read();
        Plan.Steps plan = (Plan.Steps) plan();

        // When
        carryOut(plan);

        // Then
        assertThat(clusterIps("old")).isEqualTo(old).doesNotContain(":");
        kubectl.run("annotate", "service/old", "touched=yes").orFail();
        kubectl.apply(service("both", "RequireDualStack"));
        assertThat(clusterIps("both"))
                .matches("\\[\"10\\.152\\.183\\.\\d+\",\"fd98::[0-9a-f:]+\"\\]");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(serviceCidr()).contains(SINGLE, "fd98::/108"));
        assertThat(kubectl.run("get", "ippools", "-o", "name").orFail().out())
                .contains("default-ipv6-ippool");
    }

    @Test
    @Order(3)
    void thenNothingIsLeftToDo() throws IOException {
        assertThat(plan())
                .isInstanceOfSatisfying(
                        Plan.Steps.class, plan -> assertThat(plan.steps()).isEmpty());
    }

    @Test
    @Order(4)
    void theWayBackIsRefusedWhileAServiceNeedsIpv6() throws IOException {
        assertThat(undo(false))
                .isInstanceOfSatisfying(
                        Plan.Refused.class,
                        refused ->
                                assertThat(refused.refusals())
                                        .extracting(Refusal::about)
                                        .containsExactly("Service default/both"));
    }

    /// Why the Services come first: on a single-stack API server nothing of such a Service can be
    /// changed.
    @Test
    @Order(5)
    void theApiServerAloneTakenBackLeavesServicesThatCannotBeChanged() {
        // When
        cluster.restartApiServer(SINGLE);

        // Then
        Kubectl.Result result = kubectl.run("annotate", "service/both", "touched=yes");
        assertThat(result.succeeded()).isFalse();
        assertThat(result.err()).contains("ipFamil");
        assertThat(serviceCidr()).contains("fd98::/108");
        cluster.restartApiServer(SINGLE + ",fd98::/108");
        kubectl.run("annotate", "service/both", "touched=yes").orFail();
    }

    @Test
    @Order(6)
    void thePlannedWayBackLeavesEveryServiceUsable() throws IOException {
        // Given
        kubectl.apply(service("prefers", "PreferDualStack"));
        Plan.Steps plan = (Plan.Steps) undo(true);

        // When
        carryOut(plan);

        // Then
        for (String name : List.of("old", "both", "prefers")) {
            assertThat(clusterIps(name)).as(name).doesNotContain(":");
            kubectl.run("annotate", "--overwrite", "service/" + name, "touched=again").orFail();
        }
        assertThat(args).isEqualTo(before);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(serviceCidr()).isEqualTo("[\"" + SINGLE + "\"]"));
        kubectl.apply(service("new", "SingleStack"));
        assertThat(kubectl.run("get", "ippools", "-o", "name").orFail().out())
                .doesNotContain("default-ipv6-ippool");
        assertThat(((Plan.Steps) undo(false)).steps()).isEmpty();
    }

    private Plan plan() throws IOException {
        return DualStackPlanner.plan(findings(), DualStackSpec.DEFAULT);
    }

    private Plan undo(boolean force) throws IOException {
        return DualStackPlanner.undo(
                findings(), new Backup(Map.of("n1", before), objectsBefore), force);
    }

    private ClusterFindings findings() throws IOException {
        NodeFacts facts =
                new PlanCase(PlanCase.ROOT.resolve("stock-1.35")).findings("").node("n1").facts();
        return FindingsReader.read(
                new ClusterReader(cluster.client()).read(),
                Map.of("n1", new NodeFiles(args, facts)));
    }

    /// Does what the plan says and nothing else; a restart gives the API server what then stands in
    /// its file.
    private void carryOut(Plan.Steps plan) {
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.FileEdit edit -> args = with(edit);
                case Step.ObjectEdit edit -> change(edit);
                case Step.Task task when task.phase() == Phase.ARGUMENTS ->
                        cluster.restartApiServer(
                                new ArgsFile(args.getOrDefault("kube-apiserver", ""))
                                        .value("--service-cluster-ip-range")
                                        .orElseThrow());
                case Step.Task task when task.phase() == Phase.SERVICE_CIDR ->
                        task.commands().forEach(this::run);
                case Step.Task _ -> {}
            }
        }
    }

    private Map<String, String> with(Step.FileEdit edit) {
        Map<String, String> changed = new HashMap<>(args);
        changed.put(edit.path(), edit.after());
        return Map.copyOf(changed);
    }

    private void change(Step.ObjectEdit edit) {
        JsonNode after = edit.after();
        if (after == null) {
            kubectl.run("delete", edit.object().kind(), edit.object().name()).orFail();
        } else {
            kubectl.replace(after.toString(), edit.before() == null);
        }
    }

    /// A command of the plan; one that is for a case that may not be there may fail.
    private void run(String command) {
        boolean conditional = command.contains("# only if");
        String[] words = command.replaceAll("\\s+#.*", "").replace("'", "").split("\\s+");
        Kubectl.Result result =
                kubectl.run(List.of(words).subList(1, words.length).toArray(String[]::new));
        if (!conditional) {
            result.orFail();
        }
    }

    private String clusterIps(String name) {
        return kubectl.run("get", "service", name, "-o", "jsonpath={.spec.clusterIPs}")
                .orFail()
                .out();
    }

    private String serviceCidr() {
        return kubectl.run("get", "servicecidr", "kubernetes", "-o", "jsonpath={.spec.cidrs}")
                .orFail()
                .out();
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

    /// The cases leave out of a DaemonSet what the planner does not read.
    private static String complete(JsonNode object) {
        return object.toString()
                .replace(
                        "\"spec\":{\"template\":{\"spec\"",
                        "\"spec\":{\"selector\":{\"matchLabels\":{\"k8s-app\":\"calico-node\"}},"
                                + "\"template\":{\"metadata\":{\"labels\":"
                                + "{\"k8s-app\":\"calico-node\"}},\"spec\"");
    }
}

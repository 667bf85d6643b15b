package dev.twinstack.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.twinstack.dualstack.Verification;
import dev.twinstack.dualstack.Verification.Addresses;
import dev.twinstack.dualstack.Verification.Line;
import dev.twinstack.dualstack.Verification.Probe;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `twinstack dualstack verify`: measures that the cluster is dual-stack.
@Command(
        name = "verify",
        description = {
            "Measures whether the cluster is dual-stack: starts a pod on each node and a Service of two"
                    + " families, has each pod ask both addresses of the Service and the IPv6 addresses"
                    + " of the pods on other nodes, and takes them away again.",
            "Each line says what was measured."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of it holds",
            "1:something does not hold or could not be measured",
            "2:wrong use"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  twinstack dualstack verify --kubeconfig kubeconfig"})
final class DualStackVerifyCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DualStackOptions options = new DualStackOptions();

    @Option(names = "--image", description = "Image of the pods (that of the controller)")
    private @Nullable String image;

    @Option(
            names = "--timeout",
            defaultValue = "3m",
            description = "How long the pods have to start (${DEFAULT-VALUE})")
    private Duration timeout = Duration.ZERO;

    @Override
    public Integer call() throws InterruptedException {
        try (DualStackConnection cluster = options.connect()) {
            List<Line> lines = measure(cluster.client()).lines();
            print(lines);
            return Verification.holds(lines) ? 0 : 1;
        } catch (KubernetesClientException e) {
            throw new FailedException("cannot measure: " + Reasons.of(e));
        }
    }

    private Verification measure(KubernetesClient client) throws InterruptedException {
        String namespace = options.namespace();
        try (DualStackProbes probes = new DualStackProbes(client, namespace)) {
            List<String> older = older(client);
            Addresses dryRun = dryRun(probes);
            if (dryRun.addresses().isEmpty()) {
                return new Verification(dryRun, List.of(), Map.of(), List.of(), older);
            }
            probes.start(image == null ? image(client, namespace) : image);
            List<String> service = probes.service(false);
            Map<String, Probe> running = probes.await(timeout);
            return new Verification(
                    dryRun, service, running, probes.fetch(running, service), older);
        }
    }

    private static Addresses dryRun(DualStackProbes probes) {
        try {
            return new Addresses(probes.service(true), "");
        } catch (KubernetesClientException e) {
            return new Addresses(List.of(), Reasons.of(e));
        }
    }

    private static String image(KubernetesClient client, String namespace) {
        DaemonSet found =
                client.apps()
                        .daemonSets()
                        .inNamespace(namespace)
                        .withName("twinstack-node-config")
                        .get();
        if (found == null) {
            throw new FailedException("which image? name --image: that of Twinstack itself");
        }
        return found.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
    }

    private static List<String> older(KubernetesClient client) {
        return client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .filter(pod -> !Boolean.TRUE.equals(pod.getSpec().getHostNetwork()))
                .filter(pod -> pod.getStatus().getPodIPs().size() == 1)
                .map(DualStackVerifyCommand::name)
                .toList();
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    private void print(List<Line> lines) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            ArrayNode json = JSON.createArrayNode();
            lines.forEach(line ->
                    json.addObject()
                            .put("name", line.name())
                            .put("verdict", line.verdict().name())
                            .put("measured", line.measured()));
            out.println(json.toPrettyString());
        } else {
            lines.forEach(line ->
                    out.println(
                            "%-13s %s: %s"
                                    .formatted(
                                            switch (line.verdict()) {
                                                case OK -> "ok";
                                                case FAILED -> "FAILED";
                                                case NOT_MEASURED -> "not measured";
                                            },
                                            line.name(),
                                            line.measured())));
        }
        out.flush();
    }
}

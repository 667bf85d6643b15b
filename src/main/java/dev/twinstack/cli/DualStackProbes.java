package dev.twinstack.cli;

import dev.twinstack.dualstack.Verification.Fetch;
import dev.twinstack.dualstack.Verification.Probe;
import dev.twinstack.dualstack.Verification.Target;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A pod on each node and a Service before them, for as long as `verify` measures. The pods are
/// asked through the API server.
final class DualStackProbes implements AutoCloseable {

    private static final String NAME = "twinstack-verify";
    private static final Map<String, String> LABELS =
            Map.of("app", "twinstack", "component", "verify");

    private final KubernetesClient client;
    private final String namespace;

    DualStackProbes(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /// @param image that of Twinstack itself, which every node has
    void start(String image) {
        client.resource(daemonSet(image)).createOr(existing -> existing.update());
    }

    /// The cluster IPs of a Service that requires two, really or as a dry run.
    List<String> service(boolean dryRun) {
        Service service =
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .withLabels(LABELS)
                        .endMetadata()
                        .withNewSpec()
                        .withIpFamilyPolicy("RequireDualStack")
                        .withSelector(LABELS)
                        .addNewPort()
                        .withPort(DualStackProbeCommand.PORT)
                        .endPort()
                        .endSpec()
                        .build();
        var resource = client.services().inNamespace(namespace).resource(service);
        Service made = dryRun ? resource.dryRun().create() : resource.create();
        return made.getSpec().getClusterIPs();
    }

    /// Waits until a pod runs on each node, and returns what there is then.
    Map<String, Probe> await(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        Map<String, Probe> probes = probes();
        while (System.nanoTime() < end
                && (probes.isEmpty()
                        || probes.values().stream().anyMatch(p -> p.addresses().isEmpty()))) {
            Thread.sleep(Duration.ofSeconds(1));
            probes = probes();
        }
        return probes;
    }

    private Map<String, Probe> probes() {
        Map<String, Probe> probes = new TreeMap<>();
        for (Pod pod : client.pods().inNamespace(namespace).withLabels(LABELS).list().getItems()) {
            String node = pod.getSpec().getNodeName();
            boolean runs = "Running".equals(pod.getStatus().getPhase());
            if (node != null) {
                probes.put(
                        node,
                        new Probe(
                                pod.getMetadata().getName(),
                                runs
                                        ? pod.getStatus().getPodIPs().stream()
                                                .map(PodIP::getIp)
                                                .toList()
                                        : List.of(),
                                runs ? "" : "its pod is " + pod.getStatus().getPhase()));
            }
        }
        return probes;
    }

    /// Each pod tries the Service's addresses, and the IPv6 address of each pod on another node.
    List<Fetch> fetch(Map<String, Probe> probes, List<String> service) {
        List<Fetch> fetches = new ArrayList<>();
        probes.forEach((node, probe) -> {
            if (probe.addresses().isEmpty()) {
                return;
            }
            for (String address : service) {
                fetches.add(fetch(node, probe, Target.CLUSTER_IP, address));
            }
            probes.forEach((other, peer) -> {
                if (!other.equals(node)) {
                    peer.addresses().stream()
                            .filter(address -> address.contains(":"))
                            .forEach(address ->
                                    fetches.add(
                                            fetch(node, probe, Target.POD_ON_OTHER_NODE, address)));
                }
            });
        });
        return fetches;
    }

    private Fetch fetch(String node, Probe probe, Target target, String address) {
        String path =
                "/api/v1/namespaces/%s/pods/%s:%d/proxy/fetch/%s"
                        .formatted(namespace, probe.pod(), DualStackProbeCommand.PORT, address);
        try {
            String answer = client.raw(path);
            boolean good = DualStackProbeCommand.ANSWER.equals(answer);
            return new Fetch(node, target, address, good ? "" : String.valueOf(answer));
        } catch (KubernetesClientException e) {
            return new Fetch(
                    node, target, address, "the API server cannot ask the pod: " + Reasons.of(e));
        }
    }

    private DaemonSet daemonSet(String image) {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(LABELS)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                .withTerminationGracePeriodSeconds(1L)
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(65532L)
                .withRunAsGroup(65532L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("probe")
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withArgs("dualstack", "probe")
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    @Override
    public void close() {
        client.services().inNamespace(namespace).withName(NAME).delete();
        client.apps().daemonSets().inNamespace(namespace).withName(NAME).delete();
    }
}

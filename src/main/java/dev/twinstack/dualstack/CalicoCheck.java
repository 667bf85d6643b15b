package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether the pods' network is Calico as MicroK8s ships it, sound enough to be changed.
final class CalicoCheck {

    static final String NAMESPACE = "kube-system";

    private static final String GET_DAEMONSETS = "kubectl get daemonsets -A";
    private static final Pattern TAG = Pattern.compile("v(\\d+)\\.(\\d+)\\..*");
    private static final KubernetesVersion FIRST_IPV6_VXLAN = new KubernetesVersion(3, 23);

    /// DaemonSets that give another network away.
    private static final Map<String, String> OTHERS =
            Map.of(
                    "cilium", "Cilium",
                    "kube-ovn-cni", "Kube-OVN",
                    "kube-flannel-ds", "Flannel",
                    "kube-flannel", "Flannel",
                    "canal", "Canal",
                    "weave-net", "Weave Net",
                    "antrea-agent", "Antrea");

    private CalicoCheck() {}

    static List<Refusal> check(ClusterObjects objects) {
        Optional<JsonNode> calico = daemonSet(objects);
        if (calico.isEmpty()) {
            return List.of(other(objects));
        }
        List<Refusal> refusals = new ArrayList<>();
        String backend = backend(objects);
        if (!Set.of("vxlan", "bird").contains(backend)) {
            refusals.add(
                    new Refusal(
                            "ConfigMap kube-system/calico-config",
                            "calico_backend is \"%s\"; vxlan (MicroK8s' default) and bird are known"
                                    .formatted(backend),
                            "set it back to vxlan",
                            "kubectl get -n kube-system configmap/calico-config -o yaml"));
        }
        version(calico.get()).ifPresent(refusals::add);
        ready(calico.get()).ifPresent(refusals::add);
        dataPlane(objects).ifPresent(refusals::add);
        return refusals;
    }

    static Optional<JsonNode> daemonSet(ClusterObjects objects) {
        return objects.find("apps", "DaemonSet", NAMESPACE, "calico-node");
    }

    static Optional<JsonNode> configMap(ClusterObjects objects) {
        return objects.find("", "ConfigMap", NAMESPACE, "calico-config");
    }

    static String backend(ClusterObjects objects) {
        return configMap(objects).map(map -> map.at("/data/calico_backend").asText()).orElse("");
    }

    /// `Always` where VXLAN carries the pods' packets; with BIRD the routes do.
    static String vxlanMode(ClusterObjects objects) {
        return backend(objects).equals("bird") ? "Never" : "Always";
    }

    private static Refusal other(ClusterObjects objects) {
        if (objects.find("apps", "DaemonSet", "calico-system", "calico-node").isPresent()) {
            return new Refusal(
                    "cluster",
                    "Calico is run by the Tigera operator here, which undoes every change of its"
                            + " objects",
                    "add an IPv6 pool to spec.calicoNetwork.ipPools of its Installation instead",
                    "kubectl get installation default -o yaml");
        }
        String found =
                objects.of("apps", "DaemonSet")
                        .map(ClusterObjects::name)
                        .filter(OTHERS::containsKey)
                        .map(name ->
                                "the network is %s, not MicroK8s' Calico"
                                        .formatted(OTHERS.get(name)))
                        .findFirst()
                        .orElse("there is no DaemonSet kube-system/calico-node");
        return new Refusal(
                "cluster",
                found,
                "only MicroK8s' own Calico can be converted; for another network follow its own"
                        + " guide to dual-stack",
                GET_DAEMONSETS);
    }

    private static Optional<Refusal> version(JsonNode calico) {
        String image = image(calico);
        Matcher matcher = TAG.matcher(image.substring(image.lastIndexOf(':') + 1));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        KubernetesVersion version =
                new KubernetesVersion(
                        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        return version.isAtLeast(FIRST_IPV6_VXLAN)
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                "DaemonSet kube-system/calico-node",
                                "Calico %s carries no IPv6 over VXLAN".formatted(version)
                                        + " (a refresh of MicroK8s does not upgrade Calico)",
                                "upgrade Calico first, with the manifest of your MicroK8s:"
                                        + " /snap/microk8s/current/upgrade-scripts/000-switch-to-calico/resources/calico.yaml",
                                "kubectl get -n kube-system daemonset/calico-node -o wide"));
    }

    private static String image(JsonNode calico) {
        for (JsonNode container : calico.at("/spec/template/spec/containers")) {
            if (container.path("name").asText().equals("calico-node")) {
                return container.path("image").asText();
            }
        }
        return "";
    }

    private static Optional<Refusal> ready(JsonNode calico) {
        int missing = calico.at("/status/numberUnavailable").asInt();
        return missing == 0
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                "DaemonSet kube-system/calico-node",
                                "%d of its pods are not available".formatted(missing),
                                "have the network sound before it is changed",
                                "kubectl get pods -n kube-system -l k8s-app=calico-node -o wide"));
    }

    private static Optional<Refusal> dataPlane(ClusterObjects objects) {
        return objects.find(PoolEdit.GROUP, "FelixConfiguration", "", "default")
                .filter(felix -> felix.at("/spec/bpfEnabled").asBoolean())
                .map(felix ->
                        new Refusal(
                                "FelixConfiguration default",
                                "Calico's eBPF data plane is on, which MicroK8s does not ship and"
                                        + " we have not tried with IPv6",
                                "set bpfEnabled to false, convert, and switch it on again at your"
                                        + " own risk",
                                "kubectl get felixconfigurations.crd.projectcalico.org default -o"
                                        + " yaml"));
    }
}

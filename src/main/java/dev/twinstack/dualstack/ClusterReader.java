package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/// Reads what matters of a live cluster, and changes nothing. A kind the cluster does not have
/// counts as having no objects.
public final class ClusterReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("v1", "Node"),
                    new Kind("v1", "Service"),
                    new Kind("v1", "Pod"),
                    new Kind("apps/v1", "DaemonSet"),
                    new Kind("networking.k8s.io/v1", "ServiceCIDR"),
                    new Kind("crd.projectcalico.org/v1", "IPPool"),
                    new Kind("crd.projectcalico.org/v1", "FelixConfiguration"),
                    new Kind("metallb.io/v1beta1", "IPAddressPool"),
                    new Kind("metallb.io/v1beta2", "BGPPeer"));

    private final KubernetesClient client;

    public ClusterReader(KubernetesClient client) {
        this.client = client;
    }

    private record Kind(String apiVersion, String kind) {}

    /// @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server is away or
    ///   refuses
    public ClusterObjects read() {
        List<JsonNode> objects = new ArrayList<>();
        for (Kind kind : KINDS) {
            if (isServed(kind)) {
                for (GenericKubernetesResource object :
                        client.genericKubernetesResources(kind.apiVersion(), kind.kind())
                                .inAnyNamespace()
                                .list()
                                .getItems()) {
                    objects.add(tree(object));
                }
            }
        }
        GenericKubernetesResource settings =
                client.genericKubernetesResources("v1", "ConfigMap")
                        .inNamespace(CalicoCheck.NAMESPACE)
                        .withName("calico-config")
                        .get();
        if (settings != null) {
            objects.add(tree(settings));
        }
        return new ClusterObjects(objects);
    }

    /// The objects of kinds that only some commands ask for.
    public ClusterObjects read(String apiVersion, String... kinds) {
        List<JsonNode> objects = new ArrayList<>();
        for (String kind : kinds) {
            if (isServed(new Kind(apiVersion, kind))) {
                client.genericKubernetesResources(apiVersion, kind)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .forEach(object -> objects.add(tree(object)));
            }
        }
        return new ClusterObjects(objects);
    }

    private boolean isServed(Kind kind) {
        var resources = client.getApiResources(kind.apiVersion());
        return resources != null
                && resources.getResources().stream()
                        .map(APIResource::getKind)
                        .anyMatch(kind.kind()::equals);
    }

    /// Who has written which field only fills the differences.
    private static JsonNode tree(GenericKubernetesResource object) {
        ObjectNode tree = JSON.valueToTree(object);
        if (tree.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return tree;
    }
}

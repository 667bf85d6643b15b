package dev.twinstack.operator.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.crd.DualStack;
import dev.twinstack.crd.DualStackNode;
import dev.twinstack.crd.DualStackStatus;
import dev.twinstack.dualstack.ClusterObjects;
import dev.twinstack.dualstack.ClusterReader;
import dev.twinstack.dualstack.KeptObjects;
import dev.twinstack.dualstack.RolloutAction;
import dev.twinstack.dualstack.Step.ObjectEdit;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/// The cluster as the roll-out reads and changes it. Every call blocks, and may throw
/// [KubernetesClientException].
final class RolloutCluster {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final String namespace;
    private final ServingCheck serving;

    RolloutCluster(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.serving = new ServingCheck(client, namespace);
    }

    /// Nothing if there is none, or the kind is not installed.
    Optional<DualStack> wish() {
        return Optional.ofNullable(
                client.resources(DualStack.class).withName(DualStack.SINGLETON).get());
    }

    List<DualStackNode> nodes() {
        return client.resources(DualStackNode.class).list().getItems();
    }

    ClusterObjects objects() {
        return new ClusterReader(client).read();
    }

    String serving(DualStackNode node, boolean dual) {
        return serving.lack(node, dual);
    }

    /// Calico's objects as they were, if they have been kept.
    Optional<ClusterObjects> backup() {
        ConfigMap map = client.configMaps().inNamespace(namespace).withName(KeptObjects.NAME).get();
        return Optional.ofNullable(map)
                .map(found -> found.getData().get(KeptObjects.KEY))
                .map(KeptObjects::parse);
    }

    /// Without effect where it says so already.
    void writeStatus(DualStack wish, DualStackStatus status) {
        if (status.equals(wish.getStatus())) {
            return;
        }
        DualStack edited = new DualStack();
        edited.setMetadata(new ObjectMetaBuilder(wish.getMetadata()).build());
        edited.setSpec(wish.getSpec());
        edited.setStatus(status);
        client.resource(edited).updateStatus();
    }

    void carryOut(RolloutAction action, ClusterObjects found) {
        switch (action) {
            case RolloutAction.Order order -> order(order, found);
            case RolloutAction.Change change -> change(change.edit());
            case RolloutAction.KeepObjects kept -> keep(kept.objects());
            case RolloutAction.RenewServiceCidr _ -> renewServiceCidr();
        }
    }

    private void order(RolloutAction.Order order, ClusterObjects found) {
        DualStackNode there = client.resources(DualStackNode.class).withName(order.node()).get();
        DualStackNode object = new DualStackNode();
        object.setSpec(order.spec());
        if (there != null) {
            object.setMetadata(there.getMetadata());
            client.resource(object).update();
            return;
        }
        String uid =
                found.find("", "Node", "", order.node())
                        .map(node -> node.at("/metadata/uid").asText())
                        .orElse("");
        object.setMetadata(
                new ObjectMetaBuilder()
                        .withName(order.node())
                        .addToLabels("app", "twinstack")
                        .addNewOwnerReference()
                        .withApiVersion("v1")
                        .withKind("Node")
                        .withName(order.node())
                        .withUid(uid)
                        .endOwnerReference()
                        .build());
        client.resource(object).create();
    }

    /// The object that the edit was made from names its version: what somebody else has changed
    /// since is looked at again.
    private void change(ObjectEdit edit) {
        JsonNode before = edit.before();
        JsonNode after = edit.after();
        if (after != null && before == null) {
            resource(after).create();
        } else if (after != null) {
            resource(after).update();
        } else if (before != null) {
            resource(before).delete();
        }
    }

    private Resource<GenericKubernetesResource> resource(JsonNode object) {
        GenericKubernetesResource generic =
                JSON.convertValue(object, GenericKubernetesResource.class);
        return client.resource(generic);
    }

    private void keep(List<JsonNode> objects) {
        ConfigMap map =
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(KeptObjects.NAME)
                        .withNamespace(namespace)
                        .addToLabels("app", "twinstack")
                        .endMetadata()
                        .addToData(KeptObjects.KEY, KeptObjects.text(objects))
                        .build();
        try {
            client.resource(map).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    /// The API servers make it anew from their flags. Its finalizer is theirs; it goes where it
    /// would keep the object for ever.
    private void renewServiceCidr() {
        var range = client.network().v1().serviceCIDRs().withName("kubernetes");
        var found = range.get();
        if (found == null) {
            return;
        }
        if (found.getMetadata().getDeletionTimestamp() == null) {
            range.delete();
        } else {
            range.patch(
                    PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        }
    }
}

package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.crd.ServiceBGPStatus;
import dev.twinstack.operator.Unreadable;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `ServiceBGPStatus` objects of one node in the API, with MetalLB's labels. Their names are
/// made from node and Service, where MetalLB's are random, so that there are never two.
final class ServiceStatusResources implements ServiceStatusStore {

    static final String NODE_LABEL = "metallb.io/node";
    static final String NAME_LABEL = "metallb.io/service-name";
    static final String NAMESPACE_LABEL = "metallb.io/service-namespace";

    private static final String FIELD_MANAGER = "twinstack-speaker";

    private final KubernetesClient client;
    private final String namespace;
    private final String node;
    private final List<OwnerReference> owners;

    /// @param owner the pod that goes with the objects; `null` outside a cluster
    ServiceStatusResources(
            KubernetesClient client,
            String namespace,
            String node,
            @Nullable OwnerReference owner) {
        this.client = client;
        this.namespace = namespace;
        this.node = node;
        this.owners = owner == null ? List.of() : List.of(owner);
    }

    @Override
    public Map<String, Present> list() {
        Map<String, Present> present = new HashMap<>();
        for (ServiceBGPStatus object :
                client.resources(ServiceBGPStatus.class)
                        .inNamespace(namespace)
                        .withLabel(NODE_LABEL, SessionName.label(node))
                        .list()
                        .getItems()) {
            if (Unreadable.isReadable(object)) {
                service(object)
                        .ifPresent(service ->
                                present.put(
                                        object.getMetadata().getName(),
                                        new Present(service, peers(object), isOwn(object))));
            }
        }
        return present;
    }

    @Override
    public String name(ServiceKey service) {
        return "bgp-" + HexFormat.of().formatHex(NameHash.of(node + "/" + service), 0, 8);
    }

    @Override
    public void create(ServiceKey service) {
        resource(object(service)).patch(context());
    }

    @Override
    public void status(ServiceKey service, List<String> peers) {
        ServiceBGPStatus object = object(service);
        object.setStatus(
                new ServiceBGPStatus.Status(node, service.name(), service.namespace(), peers));
        resource(object).subresource("status").patch(context());
    }

    @Override
    public void delete(String name) {
        client.resources(ServiceBGPStatus.class).inNamespace(namespace).withName(name).delete();
    }

    private ServiceBGPStatus object(ServiceKey service) {
        ServiceBGPStatus object = new ServiceBGPStatus();
        object.setMetadata(
                new ObjectMetaBuilder()
                        .withName(name(service))
                        .withNamespace(namespace)
                        .addToLabels(NODE_LABEL, SessionName.label(node))
                        .addToLabels(NAME_LABEL, service.name())
                        .addToLabels(NAMESPACE_LABEL, service.namespace())
                        .withOwnerReferences(owners)
                        .build());
        return object;
    }

    private static Optional<ServiceKey> service(ServiceBGPStatus object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        String name = labels.get(NAME_LABEL);
        String namespace = labels.get(NAMESPACE_LABEL);
        return name == null || namespace == null
                ? Optional.empty()
                : Optional.of(new ServiceKey(namespace, name));
    }

    private static List<String> peers(ServiceBGPStatus object) {
        return object.getStatus() == null ? List.of() : object.getStatus().peers();
    }

    private boolean isOwn(ServiceBGPStatus object) {
        return object.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .toList()
                .equals(owners.stream().map(OwnerReference::getUid).toList());
    }

    private Resource<ServiceBGPStatus> resource(ServiceBGPStatus object) {
        return client.resources(ServiceBGPStatus.class).inNamespace(namespace).resource(object);
    }

    private static PatchContext context() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(true)
                .build();
    }
}

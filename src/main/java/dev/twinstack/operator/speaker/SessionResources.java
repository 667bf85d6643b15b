package dev.twinstack.operator.speaker;

import dev.twinstack.crd.BGPSession;
import dev.twinstack.crd.BGPSessionStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The `BGPSession` objects of one node in the API.
final class SessionResources implements SessionStore {

    static final String NODE_LABEL = "twinstack.dev/node";

    private static final String FIELD_MANAGER = "twinstack-speaker";

    private final KubernetesClient client;
    private final String namespace;
    private final String node;
    private final List<OwnerReference> owners;

    /// @param owner the pod that goes with the objects; `null` outside a cluster
    SessionResources(
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
    public Set<String> names() {
        return client
                .resources(BGPSession.class)
                .inNamespace(namespace)
                .withLabel(NODE_LABEL, SessionName.label(node))
                .list()
                .getItems()
                .stream()
                .map(object -> object.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    @Override
    public void create(String name) {
        resource(object(name)).patch(context());
    }

    @Override
    public void status(String name, BGPSessionStatus status) {
        BGPSession session = object(name);
        session.setStatus(status);
        resource(session).subresource("status").patch(context());
    }

    @Override
    public void delete(String name) {
        client.resources(BGPSession.class).inNamespace(namespace).withName(name).delete();
    }

    private BGPSession object(String name) {
        BGPSession session = new BGPSession();
        session.setMetadata(
                new ObjectMetaBuilder()
                        .withName(name)
                        .withNamespace(namespace)
                        .addToLabels(NODE_LABEL, SessionName.label(node))
                        .withOwnerReferences(owners)
                        .build());
        return session;
    }

    private Resource<BGPSession> resource(BGPSession session) {
        return client.resources(BGPSession.class).inNamespace(namespace).resource(session);
    }

    private static PatchContext context() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(true)
                .build();
    }
}

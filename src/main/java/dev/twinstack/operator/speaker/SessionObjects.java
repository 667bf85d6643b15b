package dev.twinstack.operator.speaker;

import dev.twinstack.crd.BGPSession;
import dev.twinstack.crd.BGPSessionStatus;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `BGPSession` objects of this node in the API: one for each peer, written when something but
/// a counter is different from what was written last. Not thread-safe.
final class SessionObjects {

    static final String NODE_LABEL = "twinstack.dev/node";

    private static final String FIELD_MANAGER = "twinstack-speaker";

    private final KubernetesClient client;
    private final String namespace;
    private final String node;
    private final List<OwnerReference> owners;
    private final Map<String, BGPSessionStatus> written = new HashMap<>();
    private boolean cleaned;

    /// @param owner the pod that goes with the objects; `null` outside a cluster
    SessionObjects(
            KubernetesClient client,
            String namespace,
            String node,
            @Nullable OwnerReference owner) {
        this.client = client;
        this.namespace = namespace;
        this.node = node;
        this.owners = owner == null ? List.of() : List.of(owner);
    }

    /// Makes the objects say this. The first time, objects of peers that are no longer there are
    /// removed too.
    ///
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException what was not written is
    ///   written with the next call
    void write(List<BGPSessionStatus> sessions) {
        Set<String> names = new HashSet<>();
        for (BGPSessionStatus session : sessions) {
            BGPSessionStatus status = SessionReport.withoutCounters(session);
            String name = SessionName.of(node, String.valueOf(status.peer()));
            names.add(name);
            if (!status.equals(written.get(name))) {
                apply(name, status);
                written.put(name, status);
            }
        }
        removeOthers(names);
    }

    private void apply(String name, BGPSessionStatus status) {
        BGPSession session = new BGPSession();
        session.setMetadata(
                new ObjectMetaBuilder()
                        .withName(name)
                        .withNamespace(namespace)
                        .addToLabels(NODE_LABEL, SessionName.label(node))
                        .withOwnerReferences(owners)
                        .build());
        PatchContext context =
                new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(FIELD_MANAGER)
                        .withForce(true)
                        .build();
        Resource<BGPSession> resource = objects().inNamespace(namespace).resource(session);
        if (!written.containsKey(name)) {
            resource.patch(context);
        }
        session.setStatus(status);
        objects().inNamespace(namespace).resource(session).subresource("status").patch(context);
    }

    private void removeOthers(Set<String> names) {
        Set<String> others = new HashSet<>(written.keySet());
        if (!cleaned) {
            objects()
                    .inNamespace(namespace)
                    .withLabel(NODE_LABEL, SessionName.label(node))
                    .list()
                    .getItems()
                    .forEach(object -> others.add(object.getMetadata().getName()));
        }
        others.removeAll(names);
        for (String name : others) {
            objects().inNamespace(namespace).withName(name).delete();
            written.remove(name);
        }
        cleaned = true;
    }

    private MixedOperation<BGPSession, KubernetesResourceList<BGPSession>, Resource<BGPSession>>
            objects() {
        return client.resources(BGPSession.class);
    }
}

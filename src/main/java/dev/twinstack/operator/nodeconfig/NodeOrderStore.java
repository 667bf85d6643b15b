package dev.twinstack.operator.nodeconfig;

import dev.twinstack.crd.DualStackNode;
import dev.twinstack.crd.DualStackNodeStatus;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's `DualStackNode` in the API. That the API server is away is nothing unusual here, and
/// is said once.
final class NodeOrderStore {

    private static final Logger log = LoggerFactory.getLogger(NodeOrderStore.class);

    private final KubernetesClient client;
    private final String node;
    private String trouble = "";

    NodeOrderStore(KubernetesClient client, String node) {
        this.client = client;
        this.node = node;
    }

    /// Nothing if there is none, or if nobody answers.
    Optional<DualStackNode> find() {
        try {
            DualStackNode found = client.resources(DualStackNode.class).withName(node).get();
            trouble = "";
            return Optional.ofNullable(found);
        } catch (KubernetesClientException e) {
            said(e);
            return Optional.empty();
        }
    }

    /// @return whether it was written
    boolean report(DualStackNodeStatus status) {
        DualStackNode report = new DualStackNode();
        report.setMetadata(new ObjectMetaBuilder().withName(node).build());
        report.setStatus(status);
        try {
            client.resources(DualStackNode.class)
                    .resource(report)
                    .subresource("status")
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                    .withFieldManager("twinstack-node-config")
                                    .withForce(true)
                                    .build());
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                said(e);
            }
            return false;
        }
    }

    private void said(KubernetesClientException e) {
        String reason = Reasons.of(e);
        if (!reason.equals(trouble)) {
            trouble = reason;
            log.atWarn()
                    .addKeyValue("node", node)
                    .addKeyValue("reason", reason)
                    .log("Cannot reach the API server, trying again");
        }
    }
}

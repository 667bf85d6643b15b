package dev.twinstack.operator.leader;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The label by which the webhooks' Service finds the leader's Pod.
public final class LeaderLabel {

    private static final Logger log = LoggerFactory.getLogger(LeaderLabel.class);

    public static final String NAME = "twinstack.dev/leader";

    private final KubernetesClient client;
    private final String namespace;
    private final Optional<String> pod;

    /// @param pod the Pod this process runs in; without one there is nothing to label
    public LeaderLabel(KubernetesClient client, String namespace, Optional<String> pod) {
        this.client = client;
        this.namespace = namespace;
        this.pod = pod;
        if (pod.isEmpty()) {
            log.atInfo().log("Not in a Pod: no leader label is set");
        }
    }

    public void set() {
        patch("\"true\"");
    }

    public void remove() {
        patch("null");
    }

    private void patch(String value) {
        if (pod.isEmpty()) {
            return;
        }
        try {
            client.pods()
                    .inNamespace(namespace)
                    .withName(pod.get())
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"labels\":{\"%s\":%s}}}".formatted(NAME, value));
        } catch (KubernetesClientException e) {
            log.atWarn()
                    .addKeyValue("pod", pod.get())
                    .addKeyValue("reason", e.getMessage())
                    .log("Cannot change the leader label");
        }
    }
}

package dev.twinstack.operator.leader;

import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The label by which the webhooks' Service finds the leader's Pod.
public final class LeaderLabel {

    private static final Logger log = LoggerFactory.getLogger(LeaderLabel.class);

    public static final String NAME = "twinstack.dev/leader";

    /// The typed Pod would load some hundred classes for one label.
    private static final ResourceDefinitionContext PODS =
            new ResourceDefinitionContext.Builder()
                    .withVersion("v1")
                    .withKind("Pod")
                    .withPlural("pods")
                    .withNamespaced(true)
                    .build();

    private final KubernetesClient client;
    private final String namespace;
    private final Optional<String> pod;
    private Optional<Boolean> written = Optional.empty();
    private @Nullable String told;

    /// @param pod the Pod this process runs in; without one there is nothing to label
    public LeaderLabel(KubernetesClient client, String namespace, Optional<String> pod) {
        this.client = client;
        this.namespace = namespace;
        this.pod = pod;
        if (pod.isEmpty()) {
            log.atInfo().log("Not in a Pod: no leader label is set");
        }
    }

    /// Writes the label as asked, unless it stands there already. Asks within its own turn, so the
    /// last of several threads writes what is true last; what fails is done at the next call.
    /// Blocks.
    public synchronized void follow(BooleanSupplier leads) {
        boolean wanted = leads.getAsBoolean();
        if (pod.isPresent() && !Optional.of(wanted).equals(written) && patch(wanted)) {
            written = Optional.of(wanted);
        }
    }

    private boolean patch(boolean leads) {
        try {
            client.genericKubernetesResources(PODS)
                    .inNamespace(namespace)
                    .withName(pod.orElseThrow())
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"labels\":{\"%s\":%s}}}"
                                    .formatted(NAME, leads ? "\"true\"" : "null"));
            told = null;
            return true;
        } catch (KubernetesClientException e) {
            tell(Reasons.of(e));
            return false;
        }
    }

    /// Once for each new reason: it is tried twice a second.
    private void tell(String reason) {
        if (!reason.equals(told)) {
            told = reason;
            log.atWarn()
                    .addKeyValue("pod", pod.orElseThrow())
                    .addKeyValue("reason", reason)
                    .log("Cannot change the leader label, trying again");
        }
    }
}

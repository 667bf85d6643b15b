package dev.twinstack.operator.speaker;

import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pod this process runs in, as the owner of what it reports: the reports go with it.
final class PodOwner {

    private static final Logger log = LoggerFactory.getLogger(PodOwner.class);

    /// The typed Pod would load some hundred classes for one name.
    private static final ResourceDefinitionContext PODS =
            new ResourceDefinitionContext.Builder()
                    .withVersion("v1")
                    .withKind("Pod")
                    .withPlural("pods")
                    .withNamespaced(true)
                    .build();

    private PodOwner() {}

    /// @return `null` outside a cluster, or when the pod can't be read
    static @Nullable OwnerReference of(
            KubernetesClient client, String namespace, Optional<String> podName) {
        if (podName.isEmpty()) {
            return null;
        }
        try {
            GenericKubernetesResource pod =
                    client.genericKubernetesResources(PODS)
                            .inNamespace(namespace)
                            .withName(podName.get())
                            .get();
            return pod == null ? null : reference(pod);
        } catch (KubernetesClientException e) {
            log.atWarn()
                    .addKeyValue("pod", podName.get())
                    .addKeyValue("reason", Reasons.of(e))
                    .log("Cannot read the own pod; BGPSession objects get no owner");
            return null;
        }
    }

    private static OwnerReference reference(GenericKubernetesResource pod) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .build();
    }
}

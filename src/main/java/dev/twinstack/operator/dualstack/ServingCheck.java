package dev.twinstack.operator.dualstack;

import dev.twinstack.crd.DualStackNode;
import dev.twinstack.dualstack.ReportedNodes;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/// Asks the API server of one node itself, at the node's address, whether it gives a Service two
/// cluster IPs. Nothing is created: it is a dry run.
final class ServingCheck {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final String namespace;

    ServingCheck(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /// What the API server lacks; empty if it serves as wanted.
    ///
    /// @param dual whether two families are wanted, or one
    String lack(DualStackNode node, boolean dual) {
        Optional<String> server = ReportedNodes.apiServer(node);
        if (server.isEmpty()) {
            return "it has no address in its status";
        }
        try (KubernetesClient one = at(server.get())) {
            List<String> addresses = addresses(one);
            if (addresses.size() == 2) {
                return dual ? "" : "its API server still gives two cluster IPs";
            }
            return dual ? "its API server gives one cluster IP: " + addresses : "";
        } catch (KubernetesClientException e) {
            if (e.getCode() == UNPROCESSABLE) {
                return dual ? "its API server says: " + Reasons.of(e) : "";
            }
            return "its API server at %s does not answer: %s"
                    .formatted(server.get(), Reasons.of(e));
        }
    }

    private KubernetesClient at(String server) {
        return new KubernetesClientBuilder()
                .withConfig(
                        new ConfigBuilder(client.getConfiguration())
                                .withMasterUrl(server)
                                .withRequestTimeout(TIMEOUT_MILLIS)
                                .withRequestRetryBackoffLimit(0)
                                .build())
                .build();
    }

    private List<String> addresses(KubernetesClient one) {
        Service probe =
                new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withGenerateName("twinstack-dual-stack-")
                        .endMetadata()
                        .withNewSpec()
                        .withIpFamilyPolicy("RequireDualStack")
                        .addNewPort()
                        .withPort(1)
                        .endPort()
                        .endSpec()
                        .build();
        return one.services()
                .inNamespace(namespace)
                .resource(probe)
                .dryRun()
                .create()
                .getSpec()
                .getClusterIPs();
    }
}

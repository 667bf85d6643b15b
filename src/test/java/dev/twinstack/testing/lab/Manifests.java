package dev.twinstack.testing.lab;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/// The manifests of `kubernetes/`, as far as a test needs them.
public final class Manifests {

    /// Where they put everything.
    public static final String NAMESPACE = "metallb-system";

    public static final String CONTROLLER = "twinstack-controller";
    public static final String SPEAKER = "twinstack-speaker";

    private static final Path DIRECTORY = Path.of("kubernetes").toAbsolutePath();
    private static final String WEBHOOKS = "twinstack";

    private Manifests() {}

    /// All of them. The webhooks can't be reached as they stand there: follow with
    /// [#pointWebhooksAt] or [#removeWebhooks].
    public static void install(LabCluster cluster) {
        apply(cluster, DIRECTORY);
    }

    /// Only the CustomResourceDefinitions.
    public static void applyDefinitions(LabCluster cluster) {
        apply(cluster, DIRECTORY.resolve("crds"));
    }

    /// After a test that has changed one of them.
    public static void restoreDefinitions(LabCluster cluster) {
        cluster.kubectl()
                .run(
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "-k",
                        DIRECTORY.resolve("crds").toString())
                .orFail();
    }

    private static void apply(LabCluster cluster, Path kustomization) {
        cluster.kubectl().applyKustomization(kustomization);
        cluster.kubectl()
                .run("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all")
                .orFail();
    }

    public static void createNamespace(LabCluster cluster, String name) {
        cluster.kubectl()
                .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
    }

    /// Has the API server call a process of this machine in place of the Service, which has no
    /// endpoints here. The process needs `--webhook-name 127.0.0.1`.
    public static void pointWebhooksAt(LabCluster cluster, int port) {
        var admission = cluster.client().admissionRegistration().v1();
        admission
                .mutatingWebhookConfigurations()
                .withName(WEBHOOKS)
                .edit(configuration -> {
                    configuration
                            .getWebhooks()
                            .forEach(webhook -> point(webhook.getClientConfig(), port));
                    return configuration;
                });
        admission
                .validatingWebhookConfigurations()
                .withName(WEBHOOKS)
                .edit(configuration -> {
                    configuration
                            .getWebhooks()
                            .forEach(webhook -> point(webhook.getClientConfig(), port));
                    return configuration;
                });
    }

    public static void removeWebhooks(LabCluster cluster) {
        KubernetesClient client = cluster.client();
        client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(WEBHOOKS)
                .delete();
        client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(WEBHOOKS)
                .delete();
    }

    private static void point(WebhookClientConfig config, int port) {
        String path = config.getService().getPath();
        config.setService(null);
        config.setUrl("https://127.0.0.1:" + port + path);
    }
}

package dev.twinstack.admission.certificate;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The vault in the cluster: one Secret, guarded by its `resourceVersion`. Blocks.
final class SecretVault implements CertificateVault {

    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    SecretVault(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    Resource<Secret> secret() {
        return client.secrets().inNamespace(namespace).withName(name);
    }

    @Override
    public @Nullable Content read() {
        Secret secret = secret().get();
        if (secret == null) {
            return null;
        }
        Map<String, String> data = secret.getData();
        return new Content(
                secret.getMetadata().getResourceVersion(), data == null ? Map.of() : data);
    }

    /// A Secret that is there keeps its type, labels and owners: it may come from a manifest.
    ///
    /// @throws KubernetesClientException for any refusal other than that somebody was first
    @Override
    public boolean write(@Nullable Content seen, Map<String, String> data) {
        try {
            if (seen == null) {
                client.resource(created(data)).create();
                return true;
            }
            Secret stored = secret().get();
            if (stored == null
                    || !seen.version().equals(stored.getMetadata().getResourceVersion())) {
                return false;
            }
            stored.setData(data);
            client.resource(stored).update();
            return true;
        } catch (KubernetesClientException e) {
            // Where nothing could be created, what was not found is the namespace.
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    || (seen != null && e.getCode() == HttpURLConnection.HTTP_NOT_FOUND)) {
                return false;
            }
            throw e;
        }
    }

    private Secret created(Map<String, String> data) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels("app.kubernetes.io/name", "twinstack")
                .endMetadata()
                .withType(CertificateSecret.TYPE)
                .withData(data)
                .build();
    }
}

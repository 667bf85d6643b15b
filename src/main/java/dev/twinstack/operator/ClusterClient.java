package dev.twinstack.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/// A client for where no container makes one, that reads as the running program does.
public final class ClusterClient {

    private ClusterClient() {}

    /// Objects that can't be read come [Unreadable]. To be closed by the caller.
    public static KubernetesClient of(Config config) {
        ObjectMapper mapper = new ObjectMapper();
        new TolerantReading().customize(mapper);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(new KubernetesSerialization(mapper, true))
                .build();
    }
}

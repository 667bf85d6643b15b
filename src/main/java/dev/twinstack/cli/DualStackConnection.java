package dev.twinstack.cli;

import dev.twinstack.crd.DualStack;
import dev.twinstack.crd.DualStackNode;
import dev.twinstack.crd.DualStackSpec;
import dev.twinstack.crd.DualStackStatus;
import dev.twinstack.dualstack.ClusterObjects;
import dev.twinstack.dualstack.ClusterReader;
import dev.twinstack.dualstack.KeptObjects;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The DualStack object of a cluster and what belongs to it, for the commands. What goes wrong is a
/// [FailedException] of one line that says what to do.
final class DualStackConnection implements AutoCloseable {

    private static final String DAEMON_SET = "twinstack-node-config";

    private final KubernetesClient client;
    private final String namespace;

    DualStackConnection(@Nullable Path kubeconfig, String namespace) {
        this.client = DualStackSources.client(kubeconfig);
        this.namespace = namespace;
    }

    KubernetesClient client() {
        return client;
    }

    Optional<DualStack> wish() {
        return Optional.ofNullable(
                client.resources(DualStack.class).withName(DualStack.SINGLETON).get());
    }

    /// The same, and what goes wrong is said.
    Optional<DualStack> existing() {
        return said(this::wish);
    }

    /// @throws FailedException if there is none
    DualStack wishOrFail() {
        return existing()
                .orElseThrow(() ->
                        new FailedException(
                                "there is no DualStack object; twinstack dualstack apply makes one"));
    }

    List<DualStackNode> nodes() {
        return said(() -> client.resources(DualStackNode.class).list().getItems());
    }

    ClusterObjects objects() {
        return said(() -> new ClusterReader(client).read());
    }

    Optional<ClusterObjects> backup() {
        ConfigMap map =
                said(() ->
                        client.configMaps()
                                .inNamespace(namespace)
                                .withName(KeptObjects.NAME)
                                .get());
        return Optional.ofNullable(map)
                .map(found -> found.getData().get(KeptObjects.KEY))
                .map(KeptObjects::parse);
    }

    /// Writes the wish; without node-config on the nodes nothing would come of it.
    DualStack write(DualStackSpec spec) {
        return said(() -> {
            if (client.apps().daemonSets().inNamespace(namespace).withName(DAEMON_SET).get()
                    == null) {
                throw new FailedException(
                        "node-config is not installed in namespace %s; install it: kubectl apply --server-side -k kubernetes/node-config"
                                .formatted(namespace));
            }
            DualStack object = new DualStack();
            object.setSpec(spec);
            Optional<DualStack> there = wish();
            object.setMetadata(
                    there.isPresent()
                            ? there.get().getMetadata()
                            : new ObjectMetaBuilder().withName(DualStack.SINGLETON).build());
            return there.isPresent()
                    ? client.resource(object).update()
                    : client.resource(object).create();
        });
    }

    /// What the leader says of this generation of the wish, if it has looked already.
    Optional<DualStackStatus> statusOf(DualStack wish) {
        return wish().map(DualStack::getStatus)
                .filter(status ->
                        wish.getMetadata().getGeneration().equals(status.observedGeneration()));
    }

    private interface Call<T> {
        T run();
    }

    private static <T> T said(Call<T> call) {
        try {
            return call.run();
        } catch (KubernetesClientException e) {
            throw new FailedException(
                    e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                            ? "the kind DualStack is not installed; install it: kubectl apply"
                                    + " --server-side -k kubernetes/"
                            : "cannot reach the cluster: " + Reasons.of(e));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

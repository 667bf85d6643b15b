package dev.twinstack.operator.controller;

import dev.twinstack.config.ConfigError;
import dev.twinstack.config.LegacyPlan;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what a [LegacyPlan] says. Nothing is overwritten that has changed since the plan was
/// made: the next plan will know of it.
final class LegacyObjectWriter {

    private static final Logger log = LoggerFactory.getLogger(LegacyObjectWriter.class);
    private static final int TOO_MANY_REQUESTS = 429;

    private final KubernetesClient client;

    LegacyObjectWriter(KubernetesClient client) {
        this.client = client;
    }

    /// Blocks.
    ///
    /// @return what the API server refused for good
    /// @throws KubernetesClientException if it can't be reached
    List<ConfigError> carryOut(LegacyPlan plan) {
        List<ConfigError> refused = new ArrayList<>();
        for (HasMetadata object : plan.delete()) {
            attempt(object, this::delete, refused);
        }
        for (HasMetadata object : plan.update()) {
            attempt(object, its -> client.resource(its).update(), refused);
        }
        for (HasMetadata object : plan.create()) {
            attempt(object, its -> client.resource(its).create(), refused);
        }
        return refused;
    }

    private void delete(HasMetadata object) {
        client.resource(object)
                .lockResourceVersion(object.getMetadata().getResourceVersion())
                .delete();
    }

    private static void attempt(
            HasMetadata object, Consumer<HasMetadata> write, List<ConfigError> refused) {
        try {
            write.accept(object);
        } catch (KubernetesClientException e) {
            switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND ->
                        log.atDebug()
                                .addKeyValue("object", ConfigError.nameOf(object))
                                .log("Changed meanwhile, looked at again");
                case HttpURLConnection.HTTP_UNAUTHORIZED, TOO_MANY_REQUESTS -> throw e;
                default -> {
                    if (e.getCode() < 400 || e.getCode() >= 500) {
                        throw e;
                    }
                    refused.add(
                            new ConfigError(
                                    ConfigError.nameOf(object),
                                    "(generated)",
                                    Reasons.of(e),
                                    ConfigError.Kind.INVALID));
                }
            }
        }
    }
}

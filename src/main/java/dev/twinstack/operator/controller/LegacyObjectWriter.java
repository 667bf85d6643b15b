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
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what a [LegacyPlan] says. Nothing is overwritten that has changed since the plan was
/// made: the next plan will know of it.
final class LegacyObjectWriter {

    private static final Logger log = LoggerFactory.getLogger(LegacyObjectWriter.class);
    private static final String GENERATED = "(generated)";
    private static final int TOO_MANY_REQUESTS = 429;

    private final KubernetesClient client;

    LegacyObjectWriter(KubernetesClient client) {
        this.client = client;
    }

    /// Blocks.
    ///
    /// @param unreadable the names of objects that are there, but could not be read for the plan
    /// @return what the API server refused for good
    /// @throws KubernetesClientException if it can't be reached
    List<ConfigError> carryOut(LegacyPlan plan, Set<String> unreadable) {
        List<ConfigError> refused = new ArrayList<>();
        for (HasMetadata object : plan.delete()) {
            attempt(object, this::delete, refused);
        }
        for (HasMetadata object : plan.update()) {
            attempt(object, its -> client.resource(its).update(), refused);
        }
        for (HasMetadata object : plan.create()) {
            attempt(object, its -> create(its, unreadable, refused), refused);
        }
        return refused;
    }

    /// An object that is there although the plan knew of none: it has just been written, and is
    /// seen soon; or it can't be read, and is in the way until somebody does something about it.
    private void create(HasMetadata object, Set<String> unreadable, List<ConfigError> refused) {
        try {
            client.resource(object).create();
        } catch (KubernetesClientException e) {
            String name = ConfigError.nameOf(object);
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || !unreadable.contains(name)) {
                throw e;
            }
            refused.add(
                    new ConfigError(
                            name,
                            GENERATED,
                            "is there already and cannot be read; delete it, or rename it in the"
                                    + " ConfigMap",
                            ConfigError.Kind.CONFLICT));
        }
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
                                    GENERATED,
                                    Reasons.of(e),
                                    ConfigError.Kind.INVALID));
                }
            }
        }
    }
}

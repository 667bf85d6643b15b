package dev.twinstack.operator;

import static java.util.stream.Collectors.joining;

import dev.twinstack.config.ConfigError;
import dev.twinstack.crd.Condition;
import dev.twinstack.crd.ConfigurationState;
import dev.twinstack.crd.ConfigurationState.Result;
import dev.twinstack.crd.ConfigurationState.Status;
import dev.twinstack.crd.MetalLb;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keeps one ConfigurationState in line with the configuration: what one component thinks of it.
/// Blocks; writes only what has changed.
public final class ConfigurationStateReport {

    /// The conditions of MetalLB: of the whole configuration, and of what allocation needs of it.
    private static final String CONFIG_VALID = "configReconcilerValid";

    private static final String POOLS_VALID = "poolReconcilerValid";
    private static final int LONGEST_SUMMARY = 8_192;

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final Map<String, String> labels;
    private final InstantSource clock;

    private ConfigurationStateReport(
            KubernetesClient client,
            String namespace,
            String name,
            Map<String, String> labels,
            InstantSource clock) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.labels = labels;
        this.clock = clock;
    }

    public static ConfigurationStateReport ofController(
            KubernetesClient client, String namespace, InstantSource clock) {
        return new ConfigurationStateReport(
                client,
                namespace,
                "controller",
                Map.of(MetalLb.COMPONENT_TYPE_LABEL, "controller"),
                clock);
    }

    public static ConfigurationStateReport ofSpeaker(
            KubernetesClient client, String namespace, String node, InstantSource clock) {
        return new ConfigurationStateReport(
                client,
                namespace,
                "speaker-" + node,
                Map.of(MetalLb.COMPONENT_TYPE_LABEL, "speaker", MetalLb.NODE_NAME_LABEL, node),
                clock);
    }

    /// @throws io.fabric8.kubernetes.client.KubernetesClientException if it can't be written; call
    ///   again
    public void write(List<ConfigError> errors) {
        Resource<ConfigurationState> resource =
                client.resources(ConfigurationState.class).inNamespace(namespace).withName(name);
        ConfigurationState present = resource.get();
        ConfigurationState state = present == null ? create() : present;
        Status status = status(errors, state.getStatus(), clock.instant());
        if (!status.equals(state.getStatus())) {
            state.setStatus(status);
            client.resource(state).updateStatus();
        }
    }

    private ConfigurationState create() {
        ConfigurationState state = new ConfigurationState();
        state.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace(namespace)
                        .withName(name)
                        .withLabels(labels)
                        .build());
        return client.resource(state).create();
    }

    static Status status(List<ConfigError> errors, @Nullable Status before, Instant now) {
        List<ConfigError> ofPools =
                errors.stream()
                        .filter(error -> error.object().startsWith("IPAddressPool "))
                        .toList();
        return status(
                List.of(
                        condition(CONFIG_VALID, errors, before, now),
                        condition(POOLS_VALID, ofPools, before, now)));
    }

    /// The verdict over all conditions; Unknown while there is none. A line that stands in several
    /// of them is said once.
    static Status status(List<Condition> conditions) {
        String problems =
                conditions.stream()
                        .filter(condition -> condition.status() == Condition.Status.FALSE)
                        .flatMap(condition -> condition.message().lines())
                        .distinct()
                        .collect(joining("\n"));
        Result verdict = problems.isEmpty() ? Result.VALID : Result.INVALID;
        return new Status(
                conditions.isEmpty() ? Result.UNKNOWN : verdict,
                problems.isEmpty() ? null : problems,
                conditions);
    }

    private static Condition condition(
            String type, List<ConfigError> errors, @Nullable Status before, Instant now) {
        Condition.Status status = errors.isEmpty() ? Condition.Status.TRUE : Condition.Status.FALSE;
        String since =
                (before == null ? List.<Condition>of() : before.conditions())
                        .stream()
                                .filter(condition -> condition.type().equals(type))
                                .filter(condition -> condition.status() == status)
                                .map(Condition::lastTransitionTime)
                                .findFirst()
                                .orElse(now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new Condition(
                type,
                status,
                null,
                since,
                errors.isEmpty() ? "Reconciled" : "ConfigurationError",
                Objects.requireNonNullElse(summary(errors), ""));
    }

    private static @Nullable String summary(List<ConfigError> errors) {
        if (errors.isEmpty()) {
            return null;
        }
        String all = errors.stream().map(ConfigError::toString).sorted().collect(joining("\n"));
        return all.length() <= LONGEST_SUMMARY
                ? all
                : all.substring(0, LONGEST_SUMMARY) + "\n(and more)";
    }
}

package dev.twinstack.operator.controller;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.twinstack.config.ConfigError;
import dev.twinstack.config.LegacyConfig;
import dev.twinstack.config.LegacyPlan;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.Twinstack;
import dev.twinstack.operator.ConfigSnapshot;
import dev.twinstack.operator.EventSender;
import dev.twinstack.operator.ServiceEvent;
import dev.twinstack.operator.WatchedKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the objects that MetalLB's old ConfigMap stands for in line with it: a [LegacyPlan],
/// carried out. A ConfigMap that can't be read changes nothing, and says why in an Event and in the
/// ConfigurationState.
///
/// Watches from the start; [#follow] is for the leader alone, from one thread.
final class LegacyConfigSync implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LegacyConfigSync.class);
    private static final Duration RETRY = Duration.ofSeconds(30);

    /// How soon it is seen that a kept pool has come free.
    private static final Duration NEXT_LOOK = Duration.ofSeconds(5);

    /// What an Event may hold.
    private static final int LONGEST_TEXT = 1_000;

    /// How many users of a pool are named.
    private static final int TOLD = 5;

    /// What the last plan was made from.
    private record Basis(long snapshot, @Nullable String uid, @Nullable String resourceVersion) {}

    private final String name;
    private final WatchedKind<ConfigMap> maps;
    private final Supplier<List<IPAddressPool>> pools;
    private final Function<String, List<String>> usersOf;
    private final LegacyObjectWriter writer;
    private final EventSender events;
    private final InstantSource clock;
    private @Nullable Basis done;
    private Instant again = Instant.MAX;
    private List<ConfigError> errors = List.of();
    private String said = "";
    private Set<String> kept = Set.of();

    /// @param pools as they are now, with annotations; a snapshot is not made anew for those
    /// @param usersOf who has addresses of a pool
    LegacyConfigSync(
            KubernetesClient client,
            String namespace,
            Supplier<List<IPAddressPool>> pools,
            Function<String, List<String>> usersOf,
            EventSender events,
            InstantSource clock) {
        this.name = namespace + "/" + LegacyConfig.NAME;
        this.maps =
                new WatchedKind<>(
                        "configmap " + LegacyConfig.NAME,
                        client.configMaps().inNamespace(namespace).withName(LegacyConfig.NAME),
                        (before, after) -> true,
                        map -> {});
        this.pools = pools;
        this.usersOf = usersOf;
        this.writer = new LegacyObjectWriter(client);
        this.events = events;
        this.clock = clock;
    }

    void start() {
        maps.start();
    }

    /// Does what there is to do, if anything has changed since the last time. Blocks.
    ///
    /// @return what is wrong with the ConfigMap
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server can't be
    ///   reached; call again
    List<ConfigError> follow(ConfigSnapshot snapshot) {
        if (!maps.isSynced()) {
            return errors;
        }
        Optional<ConfigMap> map = maps.find(name);
        Basis basis = basis(snapshot, map);
        if (!basis.equals(done) || !clock.instant().isBefore(again)) {
            done = null;
            LegacyPlan plan =
                    LegacyPlan.of(
                            map,
                            snapshot.objects().withPools(pools.get()),
                            pool -> !usersOf.apply(pool).isEmpty());
            List<ConfigError> refused =
                    writer.carryOut(
                            plan,
                            snapshot.unreadable().stream()
                                    .map(ConfigError::object)
                                    .collect(toSet()));
            errors = plan.errors().isEmpty() ? refused : plan.errors();
            again = nextLook(plan);
            say(map, plan);
            sayKept(plan.keep());
            done = basis;
        }
        return errors;
    }

    /// Another process leads: look anew when this one does again.
    void forget() {
        done = null;
        said = "";
        kept = Set.of();
    }

    /// Once more after writing, too: what somebody else has changed meanwhile was left alone.
    private Instant nextLook(LegacyPlan plan) {
        if (!plan.keep().isEmpty()) {
            return clock.instant().plus(NEXT_LOOK);
        }
        return plan.isEmpty() ? Instant.MAX : clock.instant().plus(RETRY);
    }

    private static Basis basis(ConfigSnapshot snapshot, Optional<ConfigMap> map) {
        return new Basis(
                snapshot.number(),
                map.map(its -> its.getMetadata().getUid()).orElse(null),
                map.map(its -> its.getMetadata().getResourceVersion()).orElse(null));
    }

    private void say(Optional<ConfigMap> map, LegacyPlan plan) {
        if (!plan.isEmpty() && errors.isEmpty()) {
            log.atInfo()
                    .addKeyValue("configMap", name)
                    .addKeyValue("created", plan.create().size())
                    .addKeyValue("updated", plan.update().size())
                    .addKeyValue("deleted", plan.delete().size())
                    .log("Objects of the old ConfigMap brought in line");
        }
        String trouble = errors.stream().map(ConfigError::toString).collect(joining("; "));
        String text = map.isEmpty() ? "" : trouble + String.join("; ", plan.warnings());
        boolean news = !text.equals(said);
        said = text;
        if (map.isPresent() && news) {
            warn(map.get(), "LegacyConfigInvalid", trouble);
            warn(map.get(), "LegacyConfigWarning", String.join("; ", plan.warnings()));
        }
        if (map.isPresent() && !plan.isEmpty() && errors.isEmpty()) {
            events.send(
                    map.get(),
                    new ServiceEvent(
                            "LegacyConfigApplied",
                            ServiceEvent.Type.NORMAL,
                            "%d objects created, %d updated, %d deleted"
                                    .formatted(
                                            plan.create().size(),
                                            plan.update().size(),
                                            plan.delete().size())));
        }
    }

    /// There is no ConfigMap to send this on: each pool says it for itself, once.
    private void sayKept(List<IPAddressPool> pools) {
        for (IPAddressPool pool : pools) {
            String its = pool.getMetadata().getName();
            if (!kept.contains(its)) {
                String text = whyKept(pool);
                log.atWarn()
                        .addKeyValue("pool", its)
                        .addKeyValue("reason", text)
                        .log("Pool of the deleted ConfigMap stays");
                events.send(
                        pool, new ServiceEvent("LegacyPoolKept", ServiceEvent.Type.WARNING, text));
            }
        }
        kept = pools.stream().map(pool -> pool.getMetadata().getName()).collect(toSet());
    }

    private String whyKept(IPAddressPool pool) {
        ObjectMeta metadata = pool.getMetadata();
        List<String> users = usersOf.apply(metadata.getName());
        String more = users.size() > TOLD ? " and %d more".formatted(users.size() - TOLD) : "";
        return "ConfigMap %s is gone, but addresses of the pool are in use by %s%s; it goes with the last of them, or if that is meant: kubectl annotate ipaddresspool -n %s %s %s=true"
                .formatted(
                        name,
                        users.stream().limit(TOLD).collect(joining(", ")),
                        more,
                        metadata.getNamespace(),
                        metadata.getName(),
                        Twinstack.DELETE_IN_USE);
    }

    private void warn(ConfigMap map, String reason, String text) {
        if (!text.isEmpty()) {
            log.atWarn()
                    .addKeyValue("configMap", name)
                    .addKeyValue("reason", text)
                    .log("The old ConfigMap needs a look");
            String shown = text.substring(0, Math.min(LONGEST_TEXT, text.length()));
            events.send(map, new ServiceEvent(reason, ServiceEvent.Type.WARNING, shown));
        }
    }

    @Override
    public void close() {
        maps.close();
    }
}

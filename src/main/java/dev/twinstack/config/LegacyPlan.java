package dev.twinstack.config;

import static java.util.stream.Collectors.toSet;

import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.Twinstack;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What to do for the cluster to have what the old ConfigMap says. Pure. Only objects that carry
/// [#LABEL] are ever changed or deleted; while anything is wrong, nothing is.
///
/// @param create objects that are not there
/// @param update objects that are there and should be otherwise, with their `resourceVersion`
/// @param delete objects that the ConfigMap does not give any more
/// @param keep pools that would go with the ConfigMap, but whose addresses are in use
public record LegacyPlan(
        List<CustomResource<?, ?>> create,
        List<CustomResource<?, ?>> update,
        List<CustomResource<?, ?>> delete,
        List<IPAddressPool> keep,
        List<ConfigError> errors,
        List<String> warnings) {

    /// Label of generated objects; its value is the name of the ConfigMap.
    public static final String LABEL = "twinstack.dev/generated-from";

    public LegacyPlan {
        create = List.copyOf(create);
        update = List.copyOf(update);
        delete = List.copyOf(delete);
        keep = List.copyOf(keep);
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /// @param map empty: there is none (any more)
    /// @param present all objects of the namespace, generated or not
    /// @param inUse whether somebody has addresses of the pool of this name
    public static LegacyPlan of(
            Optional<ConfigMap> map, ConfigObjects present, Predicate<String> inUse) {
        Map<String, CustomResource<?, ?>> generated = generated(present);
        if (map.isEmpty()) {
            return withoutMap(generated.values(), inUse);
        }
        LegacyConfig read = LegacyConfig.of(map.get());
        List<ConfigError> errors = new ArrayList<>(read.errors());
        if (errors.isEmpty()) {
            errors.addAll(clashes(map.get(), read, present, generated));
        }
        return errors.isEmpty()
                ? changes(map.get(), read, generated)
                : new LegacyPlan(
                        List.of(), List.of(), List.of(), List.of(), errors, read.warnings());
    }

    /// A ConfigMap is deleted more easily than it is meant, so what Services live on stays: an edit
    /// of the ConfigMap takes it away, or the annotation that lets the pool be deleted by hand.
    private static LegacyPlan withoutMap(
            Collection<CustomResource<?, ?>> generated, Predicate<String> inUse) {
        List<CustomResource<?, ?>> delete = new ArrayList<>();
        List<IPAddressPool> keep = new ArrayList<>();
        for (CustomResource<?, ?> object : generated) {
            if (object instanceof IPAddressPool pool
                    && !isMeant(pool)
                    && inUse.test(pool.getMetadata().getName())) {
                keep.add(pool);
            } else {
                delete.add(object);
            }
        }
        return new LegacyPlan(List.of(), List.of(), delete, keep, List.of(), List.of());
    }

    private static boolean isMeant(IPAddressPool pool) {
        Map<String, String> annotations = pool.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(Twinstack.DELETE_IN_USE));
    }

    /// Whether there is nothing to do.
    public boolean isEmpty() {
        return create.isEmpty() && update.isEmpty() && delete.isEmpty();
    }

    private static Map<String, CustomResource<?, ?>> generated(ConfigObjects present) {
        return present.custom()
                .filter(LegacyPlan::isGenerated)
                .collect(Collectors.toMap(ConfigError::nameOf, object -> object));
    }

    private static boolean isGenerated(HasMetadata object) {
        return LegacyConfig.NAME.equals(ConfigObjects.labels(object).get(LABEL));
    }

    /// What keeps the objects from being in force beside those that people wrote.
    private static List<ConfigError> clashes(
            ConfigMap map,
            LegacyConfig read,
            ConfigObjects present,
            Map<String, CustomResource<?, ?>> generated) {
        Problems problems = new Problems(LegacyConfig.nameOf(map));
        String path = "data." + LegacyConfig.KEY;
        List<HasMetadata> together =
                new ArrayList<>(present.custom().filter(object -> !isGenerated(object)).toList());
        Set<String> foreign = together.stream().map(ConfigError::nameOf).collect(toSet());
        Set<String> ours = new HashSet<>();
        for (CustomResource<?, ?> wanted : read.objects()) {
            String name = ConfigError.nameOf(wanted);
            ours.add(name);
            together.add(aged(wanted, generated.get(name)));
            if (foreign.contains(name)) {
                problems.conflict(
                        path,
                        name
                                + " is there already and was not made from this ConfigMap; rename"
                                + " or delete it");
            }
        }
        if (problems.isEmpty()) {
            ConfigLoader.load(ConfigObjects.of(together, present.nodeLabels())).errors().stream()
                    .filter(error -> error.kind() == ConfigError.Kind.CONFLICT)
                    .filter(error -> ours.contains(error.object()))
                    .forEach(error -> problems.conflict(path, error.toString()));
        }
        return problems.errors();
    }

    /// As old as it is already: the older of two objects stays in force.
    private static CustomResource<?, ?> aged(
            CustomResource<?, ?> wanted, @Nullable HasMetadata there) {
        if (there != null) {
            wanted.getMetadata().setCreationTimestamp(there.getMetadata().getCreationTimestamp());
        }
        return wanted;
    }

    private static LegacyPlan changes(
            ConfigMap map, LegacyConfig read, Map<String, CustomResource<?, ?>> generated) {
        List<CustomResource<?, ?>> create = new ArrayList<>();
        List<CustomResource<?, ?>> update = new ArrayList<>();
        Map<String, CustomResource<?, ?>> left = new HashMap<>(generated);
        for (CustomResource<?, ?> wanted : read.objects()) {
            CustomResource<?, ?> there = left.remove(ConfigError.nameOf(wanted));
            ObjectMeta metadata = metadata(map, wanted, there);
            wanted.setMetadata(metadata);
            if (there == null) {
                create.add(wanted);
            } else if (!metadata.equals(there.getMetadata())
                    || !WrittenSpec.of(wanted).equals(WrittenSpec.of(there))) {
                update.add(wanted);
            }
        }
        return new LegacyPlan(
                create, update, List.copyOf(left.values()), List.of(), List.of(), read.warnings());
    }

    /// What is there stays; our label and the owner are added. A pool has no owner: it would be
    /// garbage with its ConfigMap, whoever has addresses of it.
    private static ObjectMeta metadata(
            ConfigMap map, HasMetadata wanted, @Nullable HasMetadata there) {
        ObjectMeta base = there == null ? wanted.getMetadata() : there.getMetadata();
        return new ObjectMetaBuilder(base)
                .addToLabels(LABEL, LegacyConfig.NAME)
                .withOwnerReferences(
                        wanted instanceof IPAddressPool ? List.of() : List.of(owner(map)))
                .build();
    }

    private static OwnerReference owner(ConfigMap map) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName(map.getMetadata().getName())
                .withUid(map.getMetadata().getUid())
                .build();
    }
}

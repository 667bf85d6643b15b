package dev.twinstack.config;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/// The configuration of MetalLB up to 0.12, one YAML text in a ConfigMap, as the objects it stands
/// for (MetalLB's `configmaptocrs`). Pure.
///
/// @param objects peers, pools, advertisements, BFD profiles and communities, in this order and in
///   the ConfigMap's namespace; what could be read of a ConfigMap with errors
/// @param errors with places like `peers[0].my-asn (line 3)`
/// @param warnings what a person should look at though it can be used
public record LegacyConfig(
        List<CustomResource<?, ?>> objects, List<ConfigError> errors, List<String> warnings) {

    /// The ConfigMap's name.
    public static final String NAME = "config";

    /// The key of its data that holds the YAML text.
    public static final String KEY = "config";

    private static final Set<String> KEYS =
            Set.of("peers", "address-pools", "bgp-communities", "bfd-profiles");

    public LegacyConfig {
        objects = List.copyOf(objects);
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /// Reads the text and judges what it gives as the objects themselves are judged, but for what
    /// they refer to.
    public static LegacyConfig of(ConfigMap map) {
        Problems problems = new Problems(nameOf(map));
        LegacyObjects objects = new LegacyObjects(map.getMetadata().getNamespace(), problems);
        text(map, problems)
                .flatMap(text -> root(text, problems))
                .ifPresent(root -> read(root, objects, problems));
        if (problems.isEmpty()) {
            judge(objects.objects(), objects.places(), problems);
        }
        return new LegacyConfig(objects.objects(), problems.errors(), objects.warnings());
    }

    /// Objects from the API server do not always say their kind.
    static String nameOf(ConfigMap map) {
        return "ConfigMap %s/%s"
                .formatted(map.getMetadata().getNamespace(), map.getMetadata().getName());
    }

    private static Optional<String> text(ConfigMap map, Problems problems) {
        Map<String, String> data = map.getData();
        String text = data == null ? null : data.get(KEY);
        if (text == null) {
            problems.invalid("data", "has no key \"%s\"".formatted(KEY));
        }
        return Optional.ofNullable(text);
    }

    private static Optional<LegacyMapping> root(String text, Problems problems) {
        try {
            Node node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (node == null) {
                problems.invalid(
                        "data." + KEY,
                        "is empty; to remove what it has generated delete the ConfigMap");
                return Optional.empty();
            }
            return LegacyMapping.of("", node, KEYS, problems);
        } catch (MarkedYAMLException e) {
            String place =
                    e.getProblemMark() == null
                            ? "data." + KEY
                            : "line " + (e.getProblemMark().getLine() + 1);
            problems.invalid(place, "is no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.invalid("data." + KEY, "is no YAML: " + firstLine(e));
        }
        return Optional.empty();
    }

    private static String firstLine(YAMLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static void read(LegacyMapping root, LegacyObjects objects, Problems problems) {
        LegacyPeers peers = new LegacyPeers(objects, problems);
        LegacyPools pools = new LegacyPools(objects, root);
        peers.readPeers(root);
        pools.read();
        peers.readBfdProfiles(root);
        pools.readCommunities();
    }

    private static void judge(
            List<CustomResource<?, ?>> objects, Map<String, String> places, Problems problems) {
        ConfigLoader.load(ConfigObjects.of(objects)).errors().stream()
                .filter(error -> !error.isTransient())
                .forEach(error ->
                        problems.invalid(
                                places.getOrDefault(error.object(), error.object()),
                                error.path() + ": " + error.reason()));
    }
}

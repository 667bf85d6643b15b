package dev.twinstack.config;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import dev.twinstack.crd.BFDProfile;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.Community;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.L2Advertisement;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `config_validation.json`, read strictly: a field nobody knows fails, in the file as in the
/// objects it holds.
record ConfigValidationCases(
        JsonNode schema,
        List<Case> cases,
        @JsonProperty("preferred_nodes") List<PreferredNodesCase> preferredNodes) {

    record Case(
            String id,
            String summary,
            String mode,
            @JsonProperty("crd_expressible") boolean crdExpressible,
            List<JsonNode> resources,
            Expect expect,
            @Nullable JsonNode effective,
            boolean derived,
            @JsonProperty("upstream_flaw") @Nullable String upstreamFlaw,
            @Nullable JsonNode metallb,
            @JsonProperty("names_added") @Nullable JsonNode namesAdded,
            @JsonProperty("filled_in") List<String> filledIn) {

        List<HasMetadata> objects() {
            return resources.stream().map(ConfigValidationCases::object).toList();
        }
    }

    record Expect(
            boolean accept,
            @Nullable String because,
            @JsonProperty("refused_at") @Nullable String refusedAt) {}

    record PreferredNodesCase(
            String id,
            String summary,
            List<NodeLabels> nodes,
            @Nullable JsonNode advertisement,
            @Nullable List<JsonNode> advertisements,
            @Nullable List<JsonNode> pools,
            @Nullable JsonNode preferredNodeSelectors,
            @Nullable List<String> eligible,
            PreferredNodesExpect expect) {}

    record NodeLabels(String name, Map<String, String> labels) {}

    record PreferredNodesExpect(
            @Nullable Boolean accept,
            @Nullable List<String> eligible,
            @Nullable Map<String, Integer> scores,
            @JsonProperty("scores_per_advertisement")
                    @Nullable List<Map<String, Integer>> perAdvertisement) {}

    private static final ObjectMapper STRICT =
            new ObjectMapper().setAnnotationIntrospector(new NothingIgnored());

    private static final Map<String, Class<? extends HasMetadata>> KINDS =
            Map.of(
                    "metallb.io/v1beta1 IPAddressPool", IPAddressPool.class,
                    "metallb.io/v1beta1 L2Advertisement", L2Advertisement.class,
                    "metallb.io/v1beta1 BGPAdvertisement", BGPAdvertisement.class,
                    "metallb.io/v1beta2 BGPPeer", BGPPeer.class,
                    "metallb.io/v1beta1 BFDProfile", BFDProfile.class,
                    "metallb.io/v1beta1 Community", Community.class,
                    "v1 Node", Node.class,
                    "v1 Namespace", Namespace.class,
                    "v1 Secret", Secret.class);

    static ConfigValidationCases read() {
        Path file =
                Path.of(
                        System.getProperty("conformance.dir", "src/test/resources/conformance"),
                        "config_validation.json");
        try {
            return STRICT.readValue(file.toFile(), ConfigValidationCases.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HasMetadata object(JsonNode json) {
        String kind = json.path("apiVersion").asText() + " " + json.path("kind").asText();
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type == null) {
            throw new AssertionError("unknown kind " + kind);
        }
        try {
            HasMetadata object = STRICT.treeToValue(json, type);
            JsonNode written = STRICT.valueToTree(object);
            json.fieldNames()
                    .forEachRemaining(field -> {
                        if (!written.has(field) && !json.path(field).isEmpty()) {
                            throw new AssertionError("field lost: " + field);
                        }
                    });
            return object;
        } catch (JsonProcessingException e) {
            throw new AssertionError(kind + ": " + e.getMessage(), e);
        }
    }

    /// The models ignore fields of later versions; here they are mistakes.
    private static final class NothingIgnored extends JacksonAnnotationIntrospector {

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(
                MapperConfig<?> config, Annotated annotated) {
            return JsonIgnoreProperties.Value.empty();
        }
    }
}

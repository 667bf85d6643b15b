package dev.twinstack.operator.speaker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.EndpointView;
import dev.twinstack.announce.NodeView;
import dev.twinstack.announce.ServiceView;
import dev.twinstack.announce.ServingEndpoints;
import dev.twinstack.selector.LabelSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The shape of `conformance/speaker_bgp.json`, read strictly: an unknown field fails, so that a
/// case is never half understood.
record SpeakerBgpCases(
        JsonNode schema,
        List<Sequence> sequences,
        List<Matching> matching,
        List<Conflict> conflicts,
        List<NodesAnnounce> announce,
        @JsonProperty("endpoint_conditions") List<EndpointCondition> endpointConditions,
        List<SliceCase> endpoints,
        @JsonProperty("reason_ladder") List<Rung> reasonLadder,
        List<Derived> derived) {

    static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT)
                    .build();

    static final String HOSTNAME = "kubernetes.io/hostname";

    static SpeakerBgpCases read() throws IOException {
        String directory = System.getProperty("conformance.dir", "src/test/resources/conformance");
        return JSON.readValue(
                Path.of(directory, "speaker_bgp.json").toFile(), SpeakerBgpCases.class);
    }

    record Sequence(
            String id,
            @Nullable String source,
            @JsonProperty("view_from_node") String node,
            Map<String, NodeCase> nodes,
            List<Step> steps,
            @Nullable String note) {}

    record Step(
            String summary,
            @Nullable List<JsonNode> config,
            @Nullable NamedNode node,
            @Nullable ServiceStep service,
            Expectation expect,
            @Nullable String note) {}

    record NamedNode(
            String name,
            @Nullable Map<String, String> labels,
            @Nullable List<NodeCondition> conditions,
            @Nullable Boolean networkUnavailable) {
        NodeView view() {
            return new NodeCase(labels, conditions, networkUnavailable).view(name);
        }
    }

    record NodeCase(
            @Nullable Map<String, String> labels,
            @Nullable List<NodeCondition> conditions,
            @Nullable Boolean networkUnavailable) {

        /// Node sets are written as selectors on the host name.
        NodeView view(String name) {
            Map<String, String> all = new HashMap<>(labels == null ? Map.of() : labels);
            all.putIfAbsent(HOSTNAME, name);
            boolean unavailable =
                    Boolean.TRUE.equals(networkUnavailable)
                            || (conditions != null
                                    && conditions.contains(
                                            new NodeCondition("NetworkUnavailable", "True")));
            return new NodeView(name, all, unavailable);
        }
    }

    record NodeCondition(String type, String status) {}

    record ServiceStep(
            String name,
            @Nullable Boolean deleted,
            @Nullable ServiceCase object,
            @Nullable List<Slice> endpointSlices) {
        ServiceKey key() {
            return new ServiceKey("default", name);
        }
    }

    record ServiceCase(
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> annotations,
            String type,
            @Nullable String externalTrafficPolicy,
            List<String> ingress) {
        ServiceView view(ServiceKey key) {
            return new ServiceView(
                    key,
                    labels == null ? Map.of() : labels,
                    type.equals("LoadBalancer"),
                    "Local".equals(externalTrafficPolicy),
                    ingress);
        }
    }

    record Slice(String addressType, List<EndpointCase> endpoints) {
        static ServingEndpoints serving(@Nullable List<Slice> slices) {
            List<EndpointView> views = new ArrayList<>();
            for (Slice slice : slices == null ? List.<Slice>of() : slices) {
                slice.endpoints().forEach(endpoint -> views.add(endpoint.view()));
            }
            return ServingEndpoints.of(views);
        }
    }

    record EndpointCase(
            List<String> addresses, @Nullable String nodeName, @Nullable Conditions conditions) {
        EndpointView view() {
            return new EndpointView(
                    nodeName,
                    !addresses.isEmpty(),
                    conditions == null ? null : conditions.ready(),
                    conditions == null ? null : conditions.serving());
        }
    }

    record Conditions(
            @Nullable Boolean ready, @Nullable Boolean serving, @Nullable Boolean terminating) {}

    record Expectation(
            @Nullable Map<String, List<RouteCase>> sessions,
            @JsonProperty("service_bgp_status_peers")
                    @Nullable Map<String, List<String>> statusPeers,
            @JsonProperty("status_written_for") @Nullable List<String> written,
            @JsonProperty("status_untouched_for") @Nullable List<String> untouched) {}

    /// @param localPref 0: not given
    record RouteCase(String prefix, long localPref, List<String> communities) {}

    record Advertisement(
            String name,
            @Nullable List<String> nodes,
            @Nullable List<SelectorCase> serviceSelectors,
            @Nullable Integer aggregationLength,
            @Nullable Integer aggregationLengthV6,
            @Nullable Long localPref,
            @Nullable List<String> communities,
            @Nullable List<String> peers) {}

    record SelectorCase(
            @Nullable Map<String, String> matchLabels,
            @Nullable List<RequirementCase> matchExpressions) {
        LabelSelector selector() {
            return new LabelSelector(
                    matchLabels == null ? Map.of() : matchLabels,
                    matchExpressions == null
                            ? List.of()
                            : matchExpressions.stream().map(RequirementCase::requirement).toList());
        }
    }

    record RequirementCase(String key, String operator, @Nullable List<String> values) {
        LabelSelector.Requirement requirement() {
            return new LabelSelector.Requirement(
                    key,
                    LabelSelector.Operator.parse(operator),
                    values == null ? List.of() : values);
        }
    }

    record Matching(
            String summary,
            @Nullable String source,
            String node,
            @JsonProperty("service_labels") Map<String, String> serviceLabels,
            List<Advertisement> advertisements,
            List<String> expect) {}

    record Conflict(
            String summary,
            @Nullable String source,
            List<String> pool,
            List<Advertisement> advertisements,
            ConflictExpectation expect) {}

    record ConflictExpectation(boolean conflict) {}

    record NodesAnnounce(
            String summary,
            @Nullable String source,
            List<String> pool,
            List<Advertisement> advertisements,
            Map<String, NodeCase> nodes,
            @JsonProperty("ignore_exclude_label") @Nullable Boolean ignoreExcludeLabel,
            ServiceCase service,
            List<Slice> endpointSlices,
            Map<String, String> expect) {}

    record EndpointCondition(
            String summary,
            @Nullable String source,
            @Nullable Boolean derived,
            Conditions conditions,
            Serving expect) {}

    record SliceCase(
            String summary,
            @Nullable String source,
            @Nullable Boolean derived,
            List<Slice> endpointSlices,
            Serving expect) {}

    record Serving(@JsonProperty("can_serve") boolean canServe) {}

    record Rung(String check, String result, String reason) {}

    record Derived(
            String summary,
            @Nullable String source,
            @Nullable List<String> modes,
            @Nullable List<String> pool,
            @Nullable String peer,
            @JsonProperty("peer_spec") @Nullable Map<String, Boolean> peerSpec,
            @Nullable Lengths advertisement,
            @JsonProperty("advertisement_a") @Nullable WithCommunities advertisementA,
            @JsonProperty("advertisement_b") @Nullable WithCommunities advertisementB,
            @JsonProperty("service_ingress") @Nullable List<String> ingress,
            @JsonProperty("expect_prefixes") @Nullable List<String> prefixes,
            @Nullable UnitedRoute expect) {}

    record Lengths(@Nullable Integer aggregationLength, @Nullable Integer aggregationLengthV6) {}

    record WithCommunities(List<String> communities) {}

    record UnitedRoute(String prefix, List<String> communities) {}
}

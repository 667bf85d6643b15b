package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.AdvertisementPlanner;
import dev.twinstack.announce.Announcement;
import dev.twinstack.announce.NodeView;
import dev.twinstack.announce.ServiceView;
import dev.twinstack.announce.ServingEndpoints;
import dev.twinstack.announce.SilenceReason;
import dev.twinstack.operator.speaker.SpeakerBgpCases.Advertisement;
import dev.twinstack.operator.speaker.SpeakerBgpCases.SelectorCase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Service that is announced, until something is spoilt.
final class Ladder {

    private static final String NODE = "node-1";

    private final Map<String, String> nodeLabels =
            new HashMap<>(Map.of(SpeakerBgpCases.HOSTNAME, NODE));
    private boolean loadBalancer = true;
    private boolean localTraffic;
    private boolean networkUnavailable;
    private List<String> ingress = List.of("10.20.30.1");
    private ServingEndpoints endpoints = new ServingEndpoints(true, Set.of("node-2"));
    private String coveredNode = NODE;
    private @Nullable Long otherLocalPref;
    private List<SelectorCase> serviceSelectors = List.of();

    /// Makes this reason true. Where two reasons need the same thing to be different, the last one
    /// counts.
    void spoil(SilenceReason reason) {
        switch (reason) {
            case NOT_LOAD_BALANCER -> loadBalancer = false;
            case NO_IP_ALLOCATED -> ingress = List.of();
            case INVALID_IP -> ingress = List.of("10.20.30.1", "10.20.30");
            case IP_NOT_ALLOWED -> ingress = List.of("10.20.30.1", "10.99.0.1");
            case NOT_OWNER -> coveredNode = "node-2";
            case NO_MATCHING_ADVERTISEMENT ->
                    serviceSelectors = List.of(new SelectorCase(Map.of("app", "other"), null));
            case CONFLICTING_ADVERTISEMENTS -> otherLocalPref = 200L;
            case NODE_NETWORK_UNAVAILABLE -> networkUnavailable = true;
            case NODE_LABELED_EXCLUDE_BALANCERS -> nodeLabels.put(NodeView.EXCLUDE_LABEL, "");
            case NO_LOCAL_ENDPOINTS -> localTraffic = true;
            case NO_ENDPOINTS -> endpoints = ServingEndpoints.NONE;
        }
    }

    Announcement plan() {
        return new AdvertisementPlanner(
                        ConformanceConfig.of(
                                List.of("10.20.30.0/24"),
                                List.of(
                                        advertisement("a", 100L),
                                        advertisement(
                                                "b",
                                                otherLocalPref == null ? 100L : otherLocalPref))),
                        new NodeView(NODE, nodeLabels, networkUnavailable),
                        false)
                .plan(
                        new ServiceView(
                                new ServiceKey("default", "web"),
                                Map.of("app", "web"),
                                loadBalancer,
                                localTraffic,
                                ingress),
                        endpoints);
    }

    private Advertisement advertisement(String name, long localPref) {
        return new Advertisement(
                name, List.of(coveredNode), serviceSelectors, null, null, localPref, null, null);
    }
}

package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one node is to do. It names values, never files or their contents: what is written on a
/// node is made there.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("What the node is to do. Written by the leading controller.")
public record DualStackNodeSpec(
        @JsonPropertyDescription("Where it leads: DualStack or SingleStack.") @Nullable Goal goal,
        @JsonPropertyDescription(
                        "What may be done by now. None: only look and report. BackUp copies the"
                                + " files, Manifest changes Calico's manifest, Arguments the flags,"
                                + " which restarts kubelite.")
                List<Part> parts,
        @JsonPropertyDescription("Whether the node is of the control plane.") boolean controlPlane,
        @JsonPropertyDescription("The node's addresses as its Node object shows them.")
                List<String> addresses,
        @JsonPropertyDescription("The four ranges.") DualStackStatus.@Nullable RangesInForce ranges,
        @JsonPropertyDescription("The variables of calico-node.") Map<String, String> environment,
        @JsonPropertyDescription("Whether the kubelet is told both addresses of the node.")
                boolean kubeletNodeIP,
        @JsonPropertyDescription(
                        "Counts up with each new try; what has failed before is forgotten then.")
                long attempt) {

    /// Only looks.
    public static final DualStackNodeSpec LOOK =
            new DualStackNodeSpec(
                    Goal.DUAL_STACK, List.of(), false, List.of(), null, Map.of(), false, 0);

    public DualStackNodeSpec {
        parts = Lists.orEmpty(parts);
        addresses = Lists.orEmpty(addresses);
        environment = Lists.orEmpty(environment);
    }

    /// Where it leads.
    public enum Goal {
        @JsonProperty("DualStack")
        DUAL_STACK,
        @JsonProperty("SingleStack")
        SINGLE_STACK
    }

    /// What may be done.
    public enum Part {
        @JsonProperty("BackUp")
        BACK_UP,
        @JsonProperty("Manifest")
        MANIFEST,
        @JsonProperty("Arguments")
        ARGUMENTS
    }
}

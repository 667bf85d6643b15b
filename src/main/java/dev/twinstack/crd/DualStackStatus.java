package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is planned and how far it has come.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("What is planned, and how far it has come.")
public record DualStackStatus(
        @JsonPropertyDescription("The metadata.generation that was looked at.")
                @Nullable Long observedGeneration,
        @JsonPropertyDescription(
                        "Looking, Refused, Planned, BackingUp, Services, Calico, Nodes, Pods, Done or"
                                + " Stopped.")
                @Nullable String phase,
        @JsonPropertyDescription("What is waited for, or why it stands still.")
                @Nullable String message,
        @JsonPropertyDescription("Since when phase and message are so, RFC 3339.")
                @Nullable String since,
        @JsonPropertyDescription("The ConfigMap with the backup of Calico's objects.")
                @Nullable String backup,
        @JsonPropertyDescription("The ranges in force or planned.") @Nullable RangesInForce ranges,
        @JsonPropertyDescription("What has to be done first; empty if nothing.")
                List<Refused> refusals,
        @JsonPropertyDescription("The steps, in order.") List<PlannedStep> plan,
        @JsonPropertyDescription("What a person should know beside the steps.") List<String> notes,
        @JsonPropertyDescription("How far each node is.") List<NodeProgress> nodes,
        @JsonPropertyDescription("Planned and Applied, with reasons.") List<Condition> conditions) {

    public DualStackStatus {
        refusals = Lists.orEmpty(refusals);
        plan = Lists.orEmpty(plan);
        notes = Lists.orEmpty(notes);
        nodes = Lists.orEmpty(nodes);
        conditions = Lists.orEmpty(conditions);
    }

    /// One range a use and family.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RangesInForce(
            @JsonPropertyDescription("IPv4 range of pods.") @Nullable String podsIPv4,
            @JsonPropertyDescription("IPv6 range of pods.") @Nullable String podsIPv6,
            @JsonPropertyDescription("IPv4 range of Services.") @Nullable String servicesIPv4,
            @JsonPropertyDescription("IPv6 range of Services.") @Nullable String servicesIPv6) {}

    /// Why nothing is done.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Refused(
            @JsonPropertyDescription("A node, a field of the spec or an object.") String about,
            @JsonPropertyDescription("What is wrong.") String reason,
            @JsonPropertyDescription("What to do.") String remedy,
            @JsonPropertyDescription("The command that shows it.") String command) {}

    /// One step.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record PlannedStep(
            @JsonPropertyDescription("Its place, from 1.") int order,
            @JsonPropertyDescription("The part of the procedure it belongs to.") String phase,
            @JsonPropertyDescription("The file or object that changes, or what is done.")
                    String target,
            @JsonPropertyDescription("The node it happens on; none: in the cluster.")
                    @Nullable String node,
            @JsonPropertyDescription("Why.") String why,
            @JsonPropertyDescription("The change, as a unified diff.") @Nullable String diff,
            @JsonPropertyDescription("What restarts because of it.") @Nullable String restarts) {}

    /// One node.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record NodeProgress(
            @JsonPropertyDescription("The node.") String name,
            @JsonPropertyDescription(
                            "Waiting, Observed, BackedUp, Written, Restarting, InForce, Restoring,"
                                    + " RolledBack or Failed.")
                    String phase,
            @JsonPropertyDescription("What happened, in words.") @Nullable String message,
            @JsonPropertyDescription("The directory of the backup on the node.")
                    @Nullable String backup,
            @JsonPropertyDescription("When the phase changed last.") @Nullable String since) {}
}

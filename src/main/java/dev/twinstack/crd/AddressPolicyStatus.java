package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Of the pools where the policy is in force. Counts are saturated at 2^63-1.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("Whether the policy is in force, and how far its pools are used.")
public record AddressPolicyStatus(
        @JsonPropertyDescription("The pools where the policy is in force.") List<String> pools,
        @JsonPropertyDescription("Addresses of these pools that Services and claims hold.")
                @Nullable Count assigned,
        @JsonPropertyDescription("Addresses of these pools that are free.")
                @Nullable Count available,
        @JsonPropertyDescription("How many addresses of these pools each namespace has.")
                List<NamespaceUse> namespaces,
        @JsonPropertyDescription("How far the move to the other pool has come.")
                @Nullable DrainProgress drain,
        @JsonPropertyDescription(
                        "Accepted: whether the policy is in force on all its pools. Drained, with"
                                + " drain: whether nobody has an address of them any more.")
                List<Condition> conditions) {

    public AddressPolicyStatus {
        pools = Lists.orEmpty(pools);
        namespaces = Lists.orEmpty(namespaces);
        conditions = Lists.orEmpty(conditions);
    }

    /// Addresses of each family.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Count(
            @Required @JsonPropertyDescription("IPv4 addresses.") long ipv4,
            @Required @JsonPropertyDescription("IPv6 addresses.") long ipv6) {}

    /// The addresses of one namespace.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record NamespaceUse(
            @Required @JsonPropertyDescription("The namespace.") String namespace,
            @Required @JsonPropertyDescription("Its IPv4 addresses.") long ipv4,
            @Required @JsonPropertyDescription("Its IPv6 addresses.") long ipv6) {}

    /// How far a drain has come.
    ///
    /// @param moving the first few
    /// @param staying the first few
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record DrainProgress(
            @Required
                    @JsonPropertyDescription(
                            "Services and claims that still have an address of the pools.")
                    int remaining,
            @JsonPropertyDescription(
                            "Those of them that have old and new addresses now, as namespace/name."
                                    + " Ten at most.")
                    List<String> moving,
            @JsonPropertyDescription("Those of them that can't move as things are. Ten at most.")
                    List<Staying> staying) {

        public DrainProgress {
            moving = Lists.orEmpty(moving);
            staying = Lists.orEmpty(staying);
        }
    }

    /// One that can't move.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Staying(
            @Required
                    @JsonPropertyDescription(
                            "The Service or AddressClaim, as `Service namespace/name`.")
                    String holder,
            @Required @JsonPropertyDescription("Why it stays.") String reason) {}
}

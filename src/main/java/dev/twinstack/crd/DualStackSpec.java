package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// What is absent is taken from what the cluster has already, else from MicroK8s' defaults.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("The ranges wanted, and whether to do it.")
public record DualStackSpec(
        @JsonPropertyDescription("The ranges of pods.") @Nullable Ranges pods,
        @JsonPropertyDescription("The ranges of Services.") @Nullable Ranges services,
        @JsonPropertyDescription(
                        "Whether IPv6 packets of pods leave the cluster with their node's address."
                                + " Default: true for unique local ranges (fc00::/7), which nobody"
                                + " else can route; false for others.")
                @Nullable Boolean natOutgoing,
        @Size(max = 253)
                @Pattern(
                        "^(first-found|kubernetes-internal-ip|(can-reach|interface|skip-interface|cidr)=\\S+)$")
                @JsonPropertyDescription(
                        "How Calico finds a node's IPv6 address: first-found,"
                                + " kubernetes-internal-ip, can-reach=..., interface=...,"
                                + " skip-interface=... or cidr=... Default: first-found.")
                @Nullable String ipv6Autodetection,
        @Default("false")
                @JsonPropertyDescription(
                        "Whether kubelets are told both addresses of their node (--node-ip). Nodes"
                                + " and pods on the host network then show both. Default false.")
                boolean kubeletNodeIP,
        @Default("Plan")
                @JsonPropertyDescription(
                        "Plan only shows in the status what would be done; Apply does it; Undo goes back"
                                + " to how it was before. Default Plan.")
                @Nullable Mode mode,
        @Default("false")
                @JsonPropertyDescription(
                        "With Undo: give up what needs IPv6, too. Services whose first family is"
                                + " IPv6 are deleted. Default false.")
                boolean force,
        @Default("0")
                @JsonPropertyDescription(
                        "Count it up to try again after a stop; twinstack dualstack apply does.")
                long attempt) {

    /// Nothing wanted in particular.
    public static final DualStackSpec DEFAULT =
            new DualStackSpec(null, null, null, null, false, Mode.PLAN, false, 0);

    /// One range a family, as text: it is judged where the plan is made, so that a wrong one gets a
    /// whole sentence.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ranges(
            @Size(max = 18)
                    @JsonPropertyDescription(
                            "The IPv4 range. It cannot be changed; name it to have it checked.")
                    @Nullable String ipv4,
            @Size(max = 43) @JsonPropertyDescription("The IPv6 range.") @Nullable String ipv6) {}

    /// Whether to do what is planned.
    public enum Mode {
        @JsonProperty("Plan")
        PLAN,
        @JsonProperty("Apply")
        APPLY,
        @JsonProperty("Undo")
        UNDO
    }
}

package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What v1beta1 knew of a peer; only its schema is used.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("The two ends of the session and how it is held.")
public record BGPPeerV1Beta1Spec(
        @Required
                @Min(0)
                @Max(4294967295.0)
                @JsonPropertyDescription("Our AS number in this session.")
                long myASN,
        @Required @Min(0) @Max(4294967295.0) @JsonPropertyDescription("The peer's AS number.")
                long peerASN,
        @Required @JsonPropertyDescription("The IPv4 or IPv6 address to connect to.")
                String peerAddress,
        @JsonPropertyDescription("The node's own address to connect from.")
                @Nullable String sourceAddress,
        @Min(0) @Max(16384) @JsonPropertyDescription("The port to connect to. Default 179.")
                @Nullable Integer peerPort,
        @JsonPropertyDescription(
                        "Hold time to ask for: 0s or at least 3s, in whole seconds. Default 90s.")
                @Nullable String holdTime,
        @JsonPropertyDescription(
                        "Time between keepalives, not above the hold time. Default a third of it.")
                @Nullable String keepaliveTime,
        @JsonPropertyDescription("The BGP identifier to use, written as an IPv4 address.")
                @Nullable String routerID,
        @JsonPropertyDescription(
                        "Labels of the nodes that hold this session; one selector must match."
                                + " Empty: every node.")
                List<NodeSelector> nodeSelectors,
        @JsonPropertyDescription("Password of the session (TCP MD5).")
                @Nullable SecretText password,
        @JsonPropertyDescription("Name of the BFDProfile for a BFD session beside this one.")
                @Nullable String bfdProfile,
        @JsonPropertyDescription("Whether an eBGP peer may be more than one hop away.")
                boolean ebgpMultiHop) {

    public BGPPeerV1Beta1Spec {
        nodeSelectors = Lists.orEmpty(nodeSelectors);
    }

    /// A selector whose expressions all need values.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record NodeSelector(
            @JsonPropertyDescription("Labels that must all be there with exactly these values.")
                    Map<String, String> matchLabels,
            @JsonPropertyDescription("Expressions that must all hold, beside matchLabels.")
                    List<Expression> matchExpressions) {

        public NodeSelector {
            matchLabels = Lists.orEmpty(matchLabels);
            matchExpressions = Lists.orEmpty(matchExpressions);
        }
    }

    /// One expression over one label.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Expression(
            @Required @JsonPropertyDescription("The key of the label.") String key,
            @Required @JsonPropertyDescription("One of In, NotIn, Exists, DoesNotExist.")
                    String operator,
            @Required
                    @Size(min = 1)
                    @JsonPropertyDescription("The values to compare with, at least one.")
                    List<String> values) {

        public Expression {
            values = Lists.orEmpty(values);
        }
    }
}

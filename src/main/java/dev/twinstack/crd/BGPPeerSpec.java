package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Durations are Go's (`90s`, `1m30s`), as text. Numbers that are 0 and texts that are empty count
/// as absent.
///
/// @param peerPort absent means 179
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("The two ends of the session and how it is held.")
public record BGPPeerSpec(
        @Required
                @Min(0)
                @Max(4294967295.0)
                @JsonPropertyDescription("Our AS number in this session.")
                long myASN,
        @Min(0)
                @Max(4294967295.0)
                @JsonPropertyDescription(
                        "The peer's AS number. Exactly one of peerASN and dynamicASN is needed.")
                @Nullable Long peerASN,
        @JsonPropertyDescription(
                        "Takes the peer's AS number from the session: internal accepts only our own"
                                + " number, external any other. Exactly one of peerASN and"
                                + " dynamicASN is needed.")
                @Nullable DynamicAsn dynamicASN,
        @Min(1)
                @Max(4294967295.0)
                @JsonPropertyDescription(
                        "The AS number shown to this eBGP peer in place of myASN, alone in the AS"
                                + " path.")
                @Nullable Long localASN,
        @JsonPropertyDescription(
                        "The IPv4 or IPv6 address to connect to. Exactly one of peerAddress and"
                                + " interface is needed.")
                @Nullable String peerAddress,
        @JsonProperty("interface")
                @JsonPropertyDescription(
                        "The node's interface to the peer, for a session over link-local addresses."
                                + " Exactly one of peerAddress and interface is needed.")
                @Nullable String interfaceName,
        @JsonPropertyDescription("The node's own address to connect from.")
                @Nullable String sourceAddress,
        @Default("179")
                @Min(1)
                @Max(16384)
                @JsonPropertyDescription("The port to connect to. Default 179.")
                @Nullable Integer peerPort,
        @JsonPropertyDescription(
                        "Hold time to ask for: 0s or at least 3s, in whole seconds. Default 90s.")
                @Nullable String holdTime,
        @JsonPropertyDescription(
                        "Time between keepalives, not above the hold time. Default a third of it.")
                @Nullable String keepaliveTime,
        @ValidationRule(
                        value =
                                "duration(self).getSeconds() >= 1 &&"
                                        + " duration(self).getSeconds() <= 65535",
                        message = "connectTime must be 1 to 65535 seconds")
                @ValidationRule(
                        value = "duration(self).getMilliseconds() % 1000 == 0",
                        message = "connectTime must be a whole number of seconds")
                @JsonPropertyDescription(
                        "Time between attempts to connect: 1s to 65535s, whole seconds.")
                @Nullable String connectTime,
        @JsonPropertyDescription("The BGP identifier to use, written as an IPv4 address.")
                @Nullable String routerID,
        @JsonPropertyDescription(
                        "Labels of the nodes that hold this session; one selector must match."
                                + " Empty: every node.")
                List<Selector> nodeSelectors,
        @JsonPropertyDescription(
                        "Password of the session (TCP MD5). Better use passwordSecret; not both.")
                @Nullable SecretText password,
        @JsonPropertyDescription(
                        "A Secret of type kubernetes.io/basic-auth beside this object, whose key"
                                + " password holds the password of the session.")
                @Nullable SecretReference passwordSecret,
        @JsonPropertyDescription(
                        "Name of the BFDProfile for a BFD session beside this one. None: no BFD.")
                @Nullable String bfdProfile,
        @ValidationRule(
                        value = "self == oldSelf",
                        message = "enableGracefulRestart cannot be changed after creation")
                @JsonPropertyDescription(
                        "Has the peer keep its routes while the session restarts. Cannot be changed"
                                + " later.")
                @Nullable Boolean enableGracefulRestart,
        @JsonPropertyDescription(
                        "Says that an eBGP peer is more than one hop away. Sessions may span"
                                + " several hops in any case.")
                boolean ebgpMultiHop,
        @JsonPropertyDescription("The node's VRF that the peer is reached through.")
                @Nullable String vrf,
        @Default("false")
                @JsonPropertyDescription(
                        "Deprecated. Routes of one family only, that of"
                                + " peerAddress; dualStackAddressFamily wins over it.")
                boolean disableMP,
        @Default("false")
                @JsonPropertyDescription(
                        "Exchange routes of both families over this session, whatever the family of"
                                + " its own addresses.")
                boolean dualStackAddressFamily) {

    public BGPPeerSpec {
        nodeSelectors = Lists.orEmpty(nodeSelectors);
    }
}

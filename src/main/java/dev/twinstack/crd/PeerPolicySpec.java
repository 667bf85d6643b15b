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
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is absent stays as the BGPPeer has it.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("The peers and what holds for the sessions with them.")
public record PeerPolicySpec(
        @Required
                @Size(min = 1, max = 64)
                @ValidationRule(
                        value = "self.all(t, self.exists_one(u, u.name == t.name))",
                        message = "targetRefs must name each peer once")
                @JsonPropertyDescription(
                        "The BGPPeers this is for, in the same namespace. A peer of which an older"
                                + " PeerPolicy speaks already is left to that one.")
                List<TargetRef> targetRefs,
        @Size(max = 2)
                @JsonPropertyDescription(
                        "The address families to offer. Without it both, or what the BGPPeer says.")
                List<Family> families,
        @JsonPropertyDescription("Next hops instead of the session's own address and the node's.")
                @Nullable NextHops nextHops,
        @JsonPropertyDescription(
                        "Offers IPv4 routes with IPv6 next hops over IPv6 sessions (RFC 8950).")
                @Nullable Boolean extendedNextHop,
        @Min(0)
                @Max(4294967295.0)
                @JsonPropertyDescription(
                        "MED of every route: of several nodes the router prefers the lower one.")
                @Nullable Long med,
        @Min(0)
                @Max(16)
                @JsonPropertyDescription(
                        "How often our AS number stands in the path in addition, for eBGP peers.")
                @Nullable Integer prepend,
        @JsonPropertyDescription("Waits for the peer to connect, and never connects itself.")
                @Nullable Boolean passive,
        @Min(1)
                @Max(65535)
                @JsonPropertyDescription(
                        "Where the node listens for the peer. 179 if it is passive, else it does"
                                + " not listen. Others than configured peers are turned away.")
                @Nullable Integer listenPort,
        @JsonPropertyDescription(
                        "Others who may call: they get sessions with the settings of the BGPPeer.")
                @Nullable AcceptFrom acceptFrom,
        @JsonPropertyDescription("Takes packets of the peer only from so near (RFC 5082).")
                @Nullable TtlSecurity ttlSecurity,
        @JsonPropertyDescription(
                        "What the node is to this eBGP peer (RFC 9234). A peer that says what it is"
                                + " itself must fit.")
                @Nullable Role role,
        @Min(0)
                @Max(1000000)
                @JsonPropertyDescription(
                        "How many prefixes the peer may announce. With one more the session ends"
                                + " (6/1) and is tried again after two minutes.")
                @Nullable Integer prefixLimit,
        @JsonPropertyDescription(
                        "Has the peer keep our routes while the speaker restarts (RFC 4724).")
                @Nullable GracefulRestart gracefulRestart,
        @JsonPropertyDescription("Moves traffic away from the nodes (RFC 8326).")
                @Nullable GracefulShutdown gracefulShutdown) {

    public PeerPolicySpec {
        targetRefs = Lists.orEmpty(targetRefs);
        families = Lists.orEmpty(families);
    }

    /// A peer.
    ///
    /// @param group absent means `metallb.io`
    /// @param kind absent means `BGPPeer`
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record TargetRef(
            @Default("metallb.io")
                    @Size(max = 253)
                    @ValidationRule(
                            value = "self == 'metallb.io'",
                            message = "group must be metallb.io")
                    @JsonPropertyDescription("metallb.io, which is the default.")
                    @Nullable String group,
            @Default("BGPPeer")
                    @Size(max = 63)
                    @ValidationRule(value = "self == 'BGPPeer'", message = "kind must be BGPPeer")
                    @JsonPropertyDescription("BGPPeer, which is the default.")
                    @Nullable String kind,
            @Required @Size(min = 1, max = 253) @JsonPropertyDescription("The name of the peer.")
                    String name) {}

    /// An address family.
    public enum Family {
        @JsonProperty("IPv4")
        IPV4,
        @JsonProperty("IPv6")
        IPV6
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record NextHops(
            @JsonPropertyDescription("For IPv4 routes.") @Nullable String ipv4,
            @JsonPropertyDescription("For IPv6 routes.") @Nullable String ipv6) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record AcceptFrom(
            @Required
                    @Size(min = 1, max = 64)
                    @JsonPropertyDescription("Where they may call from, as 10.1.0.0/24.")
                    List<String> prefixes,
            @Default("16")
                    @Min(1)
                    @Max(1024)
                    @JsonPropertyDescription("How many of them at once. Default 16.")
                    @Nullable Integer limit) {

        public AcceptFrom {
            prefixes = Lists.orEmpty(prefixes);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record TtlSecurity(
            @Default("1")
                    @Min(1)
                    @Max(254)
                    @JsonPropertyDescription(
                            "How many hops away the peer is at most. Default 1: on the link. The"
                                    + " peer has to send with TTL 255.")
                    @Nullable Integer hops) {}

    /// RFC 9234 section 4.1.
    public enum Role {
        @JsonProperty("Provider")
        PROVIDER,
        @JsonProperty("RouteServer")
        ROUTE_SERVER,
        @JsonProperty("RouteServerClient")
        ROUTE_SERVER_CLIENT,
        @JsonProperty("Customer")
        CUSTOMER,
        @JsonProperty("Peer")
        PEER
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record GracefulRestart(
            @Default("2m")
                    @ValidationRule(
                            value =
                                    "duration(self) >= duration('1s') && duration(self) <="
                                            + " duration('4095s')",
                            message = "time must be 1s to 4095s")
                    @JsonPropertyDescription(
                            "How long the speaker may be away: 1s to 4095s. Default 2m.")
                    @Nullable String time,
            @Default("true")
                    @JsonPropertyDescription(
                            "Whether routes are kept after a NOTIFICATION and a lost hold timer too"
                                    + " (RFC 8538). Default true.")
                    @Nullable Boolean notification,
            @ValidationRule(
                            value =
                                    "duration(self) >= duration('1s') && duration(self) <="
                                            + " duration('16777215s')",
                            message = "longLivedStaleTime must be 1s to 16777215s")
                    @JsonPropertyDescription(
                            "How much longer routers keep the routes as a last resort, marked"
                                    + " LLGR_STALE (RFC 9494): 1s to 16777215s. Without it not at"
                                    + " all.")
                    @Nullable String longLivedStaleTime) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record GracefulShutdown(
            @JsonPropertyDescription(
                            "Marks every route with GRACEFUL_SHUTDOWN now, with LOCAL_PREF 0"
                                    + " towards iBGP peers: routers that know it prefer other nodes."
                                    + " The sessions stay.")
                    boolean now,
            @ValidationRule(
                            value =
                                    "duration(self) >= duration('0s') && duration(self) <="
                                            + " duration('10m')",
                            message = "drainTime must be 0s to 10m")
                    @JsonPropertyDescription(
                            "How long every route is marked so before it is withdrawn and the"
                                    + " session ends, when the node is drained or the speaker"
                                    + " stops: 0s to 10m. Without it 10s when the node is"
                                    + " drained, and none when the speaker stops.")
                    @Nullable String drainTime) {}
}

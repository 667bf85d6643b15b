package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Families are spelled as in the Kubernetes API, `IPv4` and `IPv6`.
///
/// @param since RFC 3339, in UTC
/// @param prefixes like `IPv4 3, IPv6 0 of 2`
/// @param problems one line each, the gravest first
/// @param families what both sides named; empty unless established
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("What the speaker sees of the session.")
public record BGPSessionStatus(
        @JsonPropertyDescription("The node that holds the session.") @Nullable String node,
        @JsonPropertyDescription("The name of the BGPPeer.") @Nullable String peer,
        @JsonPropertyDescription("The peer's address.") @Nullable String peerAddress,
        @JsonPropertyDescription("The peer's port.") @Nullable Integer peerPort,
        @JsonPropertyDescription("The AS number the peer named.") @Nullable Long peerASN,
        @JsonPropertyDescription("The BGP identifier the peer named.")
                @Nullable String peerRouterID,
        @JsonPropertyDescription("The node's address in the session.")
                @Nullable String localAddress,
        @JsonPropertyDescription("Our AS number in the session.") @Nullable Long localASN,
        @JsonPropertyDescription(
                        "Idle, Connect, Active, OpenSent, OpenConfirm or Established (RFC 4271).")
                @Nullable String state,
        @JsonPropertyDescription("When the session came into this state.") @Nullable String since,
        @JsonPropertyDescription(
                        "Draining while the node's traffic is taken away: routes are marked with"
                                + " GRACEFUL_SHUTDOWN, then withdrawn. Drained once the session is"
                                + " closed for it.")
                @Nullable String drain,
        @JsonPropertyDescription(
                        "The address families both sides agreed on. Only routes of these are sent.")
                List<String> families,
        @JsonPropertyDescription("The address families we offer.") List<String> offeredFamilies,
        @JsonPropertyDescription("The address families the peer offered.")
                List<String> peerFamilies,
        @JsonPropertyDescription("The hold time both sides agreed on, in seconds; 0: none.")
                @Nullable Integer holdTimeSeconds,
        @JsonPropertyDescription("How often we send something at least, in seconds; 0: never.")
                @Nullable Integer keepaliveSeconds,
        @JsonPropertyDescription(
                        "Why the session ended last or does not come up, and what is likely wrong.")
                @Nullable String lastError,
        @JsonPropertyDescription("The routes to this peer, family by family.")
                List<FamilyRoutes> routes,
        @JsonPropertyDescription("Messages sent since the speaker started.")
                @Nullable Messages sent,
        @JsonPropertyDescription("Messages received since the speaker started.")
                @Nullable Messages received,
        @JsonPropertyDescription(
                        "The BFD session to the same peer, where its BGPPeer has a profile.")
                @Nullable Bfd bfd,
        @JsonPropertyDescription(
                        "Who named which capability when the session came up last, and what is in"
                                + " force.")
                List<Capability> capabilities,
        @JsonPropertyDescription(
                        "Prefixes the peer has from us, of how many it should have, family by family.")
                @Nullable String prefixes,
        @JsonPropertyDescription("What is not as it should be, and why; empty if all is well.")
                List<String> problems) {

    public BGPSessionStatus {
        families = Lists.orEmpty(families);
        offeredFamilies = Lists.orEmpty(offeredFamilies);
        peerFamilies = Lists.orEmpty(peerFamilies);
        routes = Lists.orEmpty(routes);
        capabilities = Lists.orEmpty(capabilities);
        problems = Lists.orEmpty(problems);
    }

    /// One capability (RFC 5492).
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Capability(
            @JsonPropertyDescription("What it is, in words.") String name,
            @JsonPropertyDescription("Whether we named it.") boolean offered,
            @JsonPropertyDescription("Whether the peer named it.") boolean answered,
            @JsonPropertyDescription("Whether the session makes use of it.") boolean inForce,
            @JsonPropertyDescription("What the peer said with it.") @Nullable String detail) {}

    /// The routes of one family.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record FamilyRoutes(
            @JsonPropertyDescription("IPv4 or IPv6.") String family,
            @JsonPropertyDescription("Prefixes the peer has from us.") int announced,
            @JsonPropertyDescription("Changes not sent yet.") int pending,
            @JsonPropertyDescription("Prefixes that should be announced but cannot be.")
                    int withheld,
            @JsonPropertyDescription("Why prefixes cannot be announced.")
                    @Nullable String withheldBecause,
            @JsonPropertyDescription(
                            "Which ones, where others of the family are announced; at most 100.")
                    List<String> withheldPrefixes) {

        public FamilyRoutes {
            withheldPrefixes = Lists.orEmpty(withheldPrefixes);
        }
    }

    /// The BFD session that watches the path to the peer (RFC 5880).
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Bfd(
            @JsonPropertyDescription("AdminDown, Down, Init or Up.") String state,
            @JsonPropertyDescription("When the session came into this state.") String since,
            @JsonPropertyDescription("How often we send, in milliseconds, before jitter.")
                    long transmitIntervalMs,
            @JsonPropertyDescription(
                            "After how long a silence the path counts as broken, in milliseconds.")
                    @Nullable Long detectionTimeMs,
            @JsonPropertyDescription("Why the session went down last or does not come up.")
                    @Nullable String lastDown) {}

    /// Messages of one direction, by kind.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Messages(
            @JsonPropertyDescription("OPEN messages.") long opens,
            @JsonPropertyDescription("UPDATE messages.") long updates,
            @JsonPropertyDescription("KEEPALIVE messages.") long keepalives,
            @JsonPropertyDescription("NOTIFICATION messages.") long notifications,
            @JsonPropertyDescription("ROUTE-REFRESH messages.") long routeRefreshes) {}
}

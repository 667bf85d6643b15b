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

/// Durations are Go's (`24h`, `10m`), as text.
///
/// @param whenFull absent means [WhenFull#WAIT]
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("The pools and what holds for their addresses.")
@ValidationRule(
        value =
                "!has(self.drain) || !self.targetRefs.exists(t, t.name =="
                        + " self.drain.replacement)",
        message = "drain.replacement can't be one of the pools that are drained")
public record AddressPolicySpec(
        @Required
                @Size(min = 1, max = 64)
                @ValidationRule(
                        value =
                                "self.all(t, self.exists_one(u, u.group == t.group && u.kind =="
                                        + " t.kind && u.name == t.name))",
                        message = "targetRefs must name each pool once")
                @JsonPropertyDescription(
                        "The IPAddressPools this is for, in the same namespace. A pool of which an"
                                + " older AddressPolicy speaks already is left to that one.")
                List<TargetRef> targetRefs,
        @Size(max = 1024)
                @JsonPropertyDescription(
                        "Addresses of the pools that are never given, not even on request: prefixes"
                                + " or ranges as in IPAddressPool. Services that have one move.")
                List<String> exclude,
        @Default("Wait")
                @JsonPropertyDescription(
                        "What becomes of a new Service when the pool is full: Wait creates it"
                                + " without an address, and it gets one when one comes free; Refuse"
                                + " refuses it. Default Wait.")
                @Nullable WhenFull whenFull,
        @Size(max = 256)
                @JsonPropertyDescription(
                        "How many addresses of each pool a namespace may have. Of several that fit"
                                + " a namespace each one holds. AddressClaims count too.")
                List<Quota> quotas,
        @JsonPropertyDescription(
                        "What becomes of the addresses of a deleted Service. Without it they are"
                                + " free at once.")
                @Nullable Retention retention,
        @JsonPropertyDescription("Gives Services their second family.")
                @Nullable DualStack dualStack,
        @JsonPropertyDescription(
                        "Empties the pools: nobody new gets an address from them, and the Services"
                                + " that have one move to another pool, one after the other.")
                @Nullable Drain drain) {

    public AddressPolicySpec {
        targetRefs = Lists.orEmpty(targetRefs);
        exclude = Lists.orEmpty(exclude);
        quotas = Lists.orEmpty(quotas);
    }

    /// A pool.
    ///
    /// @param group absent means `metallb.io`
    /// @param kind absent means `IPAddressPool`
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
            @Default("IPAddressPool")
                    @Size(max = 63)
                    @ValidationRule(
                            value = "self == 'IPAddressPool'",
                            message = "kind must be IPAddressPool")
                    @JsonPropertyDescription("IPAddressPool, which is the default.")
                    @Nullable String kind,
            @Required @Size(min = 1, max = 253) @JsonPropertyDescription("The name of the pool.")
                    String name) {}

    /// What a Service gets of a full pool.
    public enum WhenFull {
        @JsonProperty("Wait")
        WAIT,
        @JsonProperty("Refuse")
        REFUSE
    }

    /// @param ipv4 absent: no limit
    /// @param ipv6 absent: no limit
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "has(self.ipv4) || has(self.ipv6)",
            message = "a quota needs ipv4 or ipv6")
    public record Quota(
            @Size(max = 256)
                    @JsonPropertyDescription(
                            "Names of the namespaces it is for, each for itself. Without names and"
                                    + " selector it is for every namespace.")
                    List<String> namespaces,
            @JsonPropertyDescription(
                            "Labels of the namespaces it is for, beside those named. An empty"
                                    + " selector fits every namespace.")
                    @Nullable Selector namespaceSelector,
            @Min(0)
                    @Max(9007199254740991.0)
                    @JsonPropertyDescription(
                            "The most IPv4 addresses a namespace may have. Without it there is no"
                                    + " limit.")
                    @Nullable Long ipv4,
            @Min(0)
                    @Max(9007199254740991.0)
                    @JsonPropertyDescription(
                            "The most IPv6 addresses a namespace may have. Without it there is no"
                                    + " limit.")
                    @Nullable Long ipv6) {

        public Quota {
            namespaces = Lists.orEmpty(namespaces);
        }
    }

    /// At least one of both.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "has(self.keepAfterDelete) || has(self.reuseAfter)",
            message = "retention needs keepAfterDelete or reuseAfter")
    public record Retention(
            @Size(max = 32)
                    @ValidationRule(
                            value =
                                    "duration(self) > duration('0s') && duration(self) <="
                                            + " duration('8760h')",
                            message = "keepAfterDelete must be above 0s and at most 8760h")
                    @JsonPropertyDescription(
                            "How long the addresses of a deleted Service are kept for it: a Service"
                                    + " of the same namespace and name gets them back. Such as 24h.")
                    @Nullable String keepAfterDelete,
            @Size(max = 32)
                    @ValidationRule(
                            value =
                                    "duration(self) > duration('0s') && duration(self) <="
                                            + " duration('8760h')",
                            message = "reuseAfter must be above 0s and at most 8760h")
                    @JsonPropertyDescription(
                            "How long after the deletion nobody else gets the addresses, so that"
                                    + " caches of names and routes forget the old owner. Such as"
                                    + " 10m. It lasts at least as long as keepAfterDelete.")
                    @Nullable String reuseAfter) {}

    /// @param upgrade absent means [Upgrade#NEVER]
    /// @param pairing absent means [Pairing#NONE]
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record DualStack(
            @Default("Never")
                    @JsonPropertyDescription(
                            "Always: a new LoadBalancer Service that names no ipFamilyPolicy becomes"
                                    + " PreferDualStack. Default Never.")
                    @Nullable Upgrade upgrade,
            @Default("None")
                    @JsonPropertyDescription(
                            "Suffix: the IPv6 address carries the host part of the IPv4 one,"
                                    + " 192.0.2.7 goes with 2001:db8::7. Default None.")
                    @Nullable Pairing pairing) {}

    /// Which Services become dual-stack by themselves.
    public enum Upgrade {
        @JsonProperty("Always")
        ALWAYS,
        @JsonProperty("Never")
        NEVER
    }

    /// How the two addresses of a Service go together.
    public enum Pairing {
        @JsonProperty("Suffix")
        SUFFIX,
        @JsonProperty("None")
        NONE
    }

    /// @param overlap absent means `0s`
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Drain(
            @Required
                    @Size(min = 1, max = 253)
                    @JsonPropertyDescription("The IPAddressPool to move to.")
                    String replacement,
            @Size(max = 32)
                    @ValidationRule(
                            value =
                                    "duration(self) >= duration('0s') && duration(self) <="
                                            + " duration('8760h')",
                            message = "overlap must be 0s to 8760h")
                    @JsonPropertyDescription(
                            "How long a Service has its old and its new addresses, both in its"
                                    + " status and announced. Such as 10m. Default 0s: it changes at"
                                    + " once.")
                    @Nullable String overlap) {}
}

package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Exactly one of `pool` and `addresses`.
///
/// @param families empty means every family that the pool has
/// @param retention only in claims that the controller writes
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("Which addresses to hold, and for whom.")
@ValidationRule(
        value = "has(self.pool) != has(self.addresses)",
        message = "exactly one of pool and addresses is needed")
@ValidationRule(
        value = "!has(self.families) || has(self.pool)",
        message = "families go with pool: addresses say their family themselves")
@ValidationRule(
        value =
                "has(self.pool) == has(oldSelf.pool) && (!has(self.pool) || self.pool =="
                        + " oldSelf.pool)",
        message = "pool can't be changed: make another claim")
@ValidationRule(
        value =
                "has(self.addresses) == has(oldSelf.addresses) && (!has(self.addresses) ||"
                        + " self.addresses == oldSelf.addresses)",
        message = "addresses can't be changed: make another claim")
@ValidationRule(
        value =
                "has(self.families) == has(oldSelf.families) && (!has(self.families) ||"
                        + " self.families == oldSelf.families)",
        message = "families can't be changed: make another claim")
@ValidationRule(
        value =
                "!has(self.retention) || (has(self.serviceRef) && has(self.serviceRef.namespace)"
                        + " && has(self.addresses))",
        message = "retention is set by the controller, in claims of its own")
public record AddressClaimSpec(
        @Size(min = 1, max = 253)
                @JsonPropertyDescription(
                        "The IPAddressPool to take addresses from. Exactly one of pool and"
                                + " addresses is needed.")
                @Nullable String pool,
        @Size(min = 1, max = 2)
                @JsonPropertyDescription(
                        "The addresses to hold, one of each family at most, all from one pool."
                                + " Exactly one of pool and addresses is needed.")
                List<String> addresses,
        @Size(min = 1, max = 2)
                @ValidationRule(
                        value = "self.size() < 2 || self[0] != self[1]",
                        message = "families must name each family once")
                @JsonPropertyDescription(
                        "The families to take from the pool, one address of each. Default: every"
                                + " family that the pool has.")
                List<Family> families,
        @JsonPropertyDescription(
                        "The Service that gets the addresses, without having to ask for them. No"
                                + " other one may use the claim then.")
                @Nullable ServiceRef serviceRef,
        @JsonPropertyDescription(
                        "Only in claims that the controller keeps for deleted Services: until when."
                                + " Not to be set by hand.")
                @Nullable Retention retention) {

    public AddressClaimSpec {
        addresses = Lists.orEmpty(addresses);
        families = Lists.orEmpty(families);
    }

    /// The same, kept until then.
    public AddressClaimSpec withRetention(@Nullable Retention times) {
        return new AddressClaimSpec(pool, addresses, families, serviceRef, times);
    }

    /// The families by their names in the Kubernetes API.
    public enum Family {
        @JsonProperty("IPv4")
        IPV4,
        @JsonProperty("IPv6")
        IPV6
    }

    /// A Service.
    ///
    /// @param namespace absent means that of the claim
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ServiceRef(
            @Size(min = 1, max = 63)
                    @JsonPropertyDescription(
                            "Only in claims that the controller writes: the namespace of the"
                                    + " Service. Otherwise it is that of the claim.")
                    @Nullable String namespace,
            @Required
                    @Size(min = 1, max = 253)
                    @JsonPropertyDescription("The name of the Service, which need not exist yet.")
                    String name) {}

    /// Times are RFC 3339, in UTC.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Retention(
            @Required
                    @JsonPropertyDescription(
                            "Until then a Service of that namespace and name gets the addresses"
                                    + " back.")
                    String keepUntil,
            @Required @JsonPropertyDescription("Not before then anybody else gets them.")
                    String reusableFrom) {}
}

package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the claim holds. It keeps it over a restart of everything.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("What the claim holds, and who uses it.")
public record AddressClaimStatus(
        @JsonPropertyDescription("The addresses that the claim holds.") List<String> addresses,
        @JsonPropertyDescription("The pool they are from.") @Nullable String pool,
        @JsonPropertyDescription(
                        "The Services that have the addresses now. Several only where they share"
                                + " them.")
                List<String> usedBy,
        @JsonPropertyDescription(
                        "Bound: whether the claim holds its addresses. Ready: whether a Service can"
                                + " use them, which ends with the deletion of the claim.")
                List<Condition> conditions) {

    public AddressClaimStatus {
        addresses = Lists.orEmpty(addresses);
        usedBy = Lists.orEmpty(usedBy);
        conditions = Lists.orEmpty(conditions);
    }
}

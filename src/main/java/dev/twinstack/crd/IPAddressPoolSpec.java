package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param autoAssign absent means true
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("The addresses and who may have them.")
public record IPAddressPoolSpec(
        @Required
                @JsonPropertyDescription(
                        "Ranges of addresses, each a prefix (192.0.2.0/24, 2001:db8::/64) or first"
                                + " and last address (192.0.2.10-192.0.2.20). They are used in this"
                                + " order. No address may be in two pools. A single address needs"
                                + " /32 or /128.")
                List<String> addresses,
        @Default("true")
                @JsonPropertyDescription(
                        "Whether a Service that does not ask for this pool may get an address from"
                                + " it. Default true.")
                @Nullable Boolean autoAssign,
        @Default("false")
                @JsonPropertyDescription(
                        "Never give IPv4 addresses that end in .0 or .255, which some broken"
                                + " devices drop. Default false.")
                boolean avoidBuggyIPs,
        @JsonPropertyDescription(
                        "Binds the pool to Services by namespace and label. A bound pool is tried"
                                + " before the open ones.")
                @Nullable ServiceAllocation serviceAllocation) {

    public IPAddressPoolSpec {
        addresses = Lists.orEmpty(addresses);
    }
}

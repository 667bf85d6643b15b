package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Nothing given: every address of every pool, as a host route, to every peer, from every node.
///
/// @param aggregationLength absent means 32
/// @param aggregationLengthV6 absent means 128
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("Which addresses to announce, to whom and how.")
@ValidationRule(
        value =
                "!has(self.serviceSelectors) || self.serviceSelectors.size() == 0 ||"
                        + " ((!has(self.aggregationLength) || self.aggregationLength == 32) &&"
                        + " (!has(self.aggregationLengthV6) || self.aggregationLengthV6 == 128))",
        message =
                "serviceSelectors need host routes: aggregationLength 32 and aggregationLengthV6"
                        + " 128")
public record BGPAdvertisementSpec(
        @Default("32")
                @Min(1)
                @Max(32)
                @JsonPropertyDescription(
                        "Prefix length of IPv4 routes; below 32 the addresses are rolled up."
                                + " Default 32.")
                @Nullable Integer aggregationLength,
        @Default("128")
                @Min(0)
                @Max(128)
                @JsonPropertyDescription(
                        "Prefix length of IPv6 routes; below 128 the addresses are rolled up."
                                + " Default 128.")
                @Nullable Integer aggregationLengthV6,
        @Min(0)
                @Max(4294967295.0)
                @JsonPropertyDescription(
                        "LOCAL_PREF towards iBGP peers: the path with the higher value wins. 0 or"
                                + " none leaves it to the speaker.")
                long localPref,
        @JsonPropertyDescription(
                        "Communities of the routes: 64512:100, large:64512:1:2 or the name of an"
                                + " alias from a Community object.")
                List<String> communities,
        @JsonPropertyDescription(
                        "Names of the pools to announce. Without names and selectors: all pools.")
                List<String> ipAddressPools,
        @JsonPropertyDescription("Labels of the pools to announce, beside those named.")
                List<Selector> ipAddressPoolSelectors,
        @JsonPropertyDescription(
                        "Labels of the nodes that announce; one selector must match. Empty: every"
                                + " node.")
                List<Selector> nodeSelectors,
        @JsonPropertyDescription("Names of the BGPPeers to announce to. Empty: all of them.")
                List<String> peers,
        @JsonPropertyDescription(
                        "Labels of the Services to announce; one selector must match. Empty: every"
                                + " Service.")
                List<Selector> serviceSelectors) {

    /// What an object without a spec says.
    public static final BGPAdvertisementSpec EVERYTHING =
            new BGPAdvertisementSpec(
                    null, null, 0, List.of(), List.of(), List.of(), List.of(), List.of(),
                    List.of());

    public BGPAdvertisementSpec {
        communities = Lists.orEmpty(communities);
        ipAddressPools = Lists.orEmpty(ipAddressPools);
        ipAddressPoolSelectors = Lists.orEmpty(ipAddressPoolSelectors);
        nodeSelectors = Lists.orEmpty(nodeSelectors);
        peers = Lists.orEmpty(peers);
        serviceSelectors = Lists.orEmpty(serviceSelectors);
    }
}

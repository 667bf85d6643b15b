package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/// All lists empty: every pool, from every node, on every interface, for every Service.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("Which addresses to announce, from where.")
public record L2AdvertisementSpec(
        @JsonPropertyDescription(
                        "Names of the pools to announce. Without names and selectors: all pools.")
                List<String> ipAddressPools,
        @JsonPropertyDescription("Labels of the pools to announce, beside those named.")
                List<Selector> ipAddressPoolSelectors,
        @JsonPropertyDescription(
                        "Labels of the nodes that may announce; one selector must match. Empty:"
                                + " every node.")
                List<Selector> nodeSelectors,
        @JsonPropertyDescription(
                        "Preferences among those nodes. The weights that match a node add up; the"
                                + " node with the highest sum announces.")
                List<PreferredNodeSelector> preferredNodeSelectors,
        @JsonPropertyDescription(
                        "Names of the interfaces to announce on. Empty: all that are not"
                                + " excluded.")
                List<String> interfaces,
        @JsonPropertyDescription(
                        "Labels of the Services to announce; one selector must match. Empty: every"
                                + " Service.")
                List<Selector> serviceSelectors) {

    /// What an object without a spec says.
    public static final L2AdvertisementSpec EVERYTHING =
            new L2AdvertisementSpec(
                    List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public L2AdvertisementSpec {
        ipAddressPools = Lists.orEmpty(ipAddressPools);
        ipAddressPoolSelectors = Lists.orEmpty(ipAddressPoolSelectors);
        nodeSelectors = Lists.orEmpty(nodeSelectors);
        preferredNodeSelectors = Lists.orEmpty(preferredNodeSelectors);
        interfaces = Lists.orEmpty(interfaces);
        serviceSelectors = Lists.orEmpty(serviceSelectors);
    }
}

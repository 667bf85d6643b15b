package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/// Which Services a pool is bound to. With a priority alone: all of them.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServiceAllocation(
        @JsonPropertyDescription(
                        "Among the pools bound to a Service the lowest number is tried first; 0 or"
                                + " none comes last.")
                long priority,
        @JsonPropertyDescription("Names of namespaces whose Services may use the pool.")
                List<String> namespaces,
        @JsonPropertyDescription(
                        "Labels of namespaces whose Services may use the pool, as an alternative"
                                + " to their names. One selector must match.")
                List<Selector> namespaceSelectors,
        @JsonPropertyDescription(
                        "Labels of Services that may use the pool, beside the condition on the"
                                + " namespace. One selector must match.")
                List<Selector> serviceSelectors) {

    public ServiceAllocation {
        namespaces = Lists.orEmpty(namespaces);
        namespaceSelectors = Lists.orEmpty(namespaceSelectors);
        serviceSelectors = Lists.orEmpty(serviceSelectors);
    }
}

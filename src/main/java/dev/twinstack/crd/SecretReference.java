package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// Names a Secret. Like MetalLB, Twinstack reads it from its own namespace.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretReference(
        @JsonPropertyDescription("The name of the Secret.") @Nullable String name,
        @JsonPropertyDescription(
                        "The namespace of the Secret. It is read from the namespace of the BGPPeer"
                                + " whatever stands here.")
                @Nullable String namespace) {}

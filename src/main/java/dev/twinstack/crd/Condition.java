package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// A `metav1.Condition`.
///
/// @param lastTransitionTime RFC 3339, in UTC
/// @param reason one word in CamelCase, never empty
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @Required
                @Size(max = 316)
                @Pattern(
                        "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$")
                @JsonPropertyDescription("What the condition is about.")
                String type,
        @Required @JsonPropertyDescription("True, False or Unknown.") Status status,
        @Min(0) @JsonPropertyDescription("The metadata.generation that was looked at.")
                @Nullable Long observedGeneration,
        @Required @JsonPropertyDescription("When the status changed last.")
                String lastTransitionTime,
        @Required
                @Size(min = 1, max = 1024)
                @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
                @JsonPropertyDescription("Why, in one word for programs.")
                String reason,
        @Required
                @Size(max = 32768)
                @JsonPropertyDescription("Why, in words for people. May be empty.")
                String message) {

    /// Whether the condition holds.
    public enum Status {
        @JsonProperty("True")
        TRUE,
        @JsonProperty("False")
        FALSE,
        @JsonProperty("Unknown")
        UNKNOWN
    }
}

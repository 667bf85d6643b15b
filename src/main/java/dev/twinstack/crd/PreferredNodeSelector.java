package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/// A wish, not a condition: nodes that match are preferred by so much.
@JsonIgnoreProperties(ignoreUnknown = true)
public record PreferredNodeSelector(
        @Required
                @Min(1)
                @Max(100)
                @JsonPropertyDescription("How much a matching node is preferred, 1 to 100.")
                int weight,
        @Required @JsonPropertyDescription("Labels of the preferred nodes.")
                @Nullable Selector preference) {}

package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The aliases of one [Community] object.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("The names and what they stand for.")
public record CommunitySpec(
        @JsonPropertyDescription("The names and their values.") List<Alias> communities) {

    public CommunitySpec {
        communities = Lists.orEmpty(communities);
    }

    /// One name.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Alias(
            @JsonPropertyDescription("The name.") @Nullable String name,
            @JsonPropertyDescription(
                            "The community: two numbers of 16 bits (64512:100) or large: and three"
                                    + " of 32 (large:64512:1:2).")
                    @Nullable String value) {}
}

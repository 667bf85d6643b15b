package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import java.util.Map;

/// A `metav1.LabelSelector` as written; not judged yet.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Selector(
        @JsonPropertyDescription("Labels that must all be there with exactly these values.")
                Map<String, String> matchLabels,
        @JsonPropertyDescription("Expressions that must all hold, beside matchLabels.")
                List<Expression> matchExpressions) {

    public Selector {
        matchLabels = Lists.orEmpty(matchLabels);
        matchExpressions = Lists.orEmpty(matchExpressions);
    }

    /// One expression over one label.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Expression(
            @Required @JsonPropertyDescription("The key of the label.") String key,
            @Required @JsonPropertyDescription("One of In, NotIn, Exists, DoesNotExist.")
                    String operator,
            @JsonPropertyDescription(
                            "The values to compare with: needed by In and NotIn, forbidden with"
                                    + " Exists and DoesNotExist.")
                    List<String> values) {

        public Expression {
            values = Lists.orEmpty(values);
        }
    }
}

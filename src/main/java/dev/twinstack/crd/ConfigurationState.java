package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.DATE;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one process thinks of the configuration: `controller`, or `speaker-<node>`.
@Group(MetalLb.GROUP)
@Version(MetalLb.V1BETA1)
@JsonClassDescription(
        "ConfigurationState tells whether a component could use the whole configuration, and names"
                + " the objects it had to leave out. There is one for the controller and one for"
                + " the speaker of each node.")
@AdditionalPrinterColumn(name = "Result", type = STRING, jsonPath = ".status.result")
@AdditionalPrinterColumn(name = "ErrorSummary", type = STRING, jsonPath = ".status.errorSummary")
@AdditionalPrinterColumn(name = "Age", type = DATE, jsonPath = ".metadata.creationTimestamp")
public final class ConfigurationState
        extends CustomResource<@Nullable Void, ConfigurationState.Status> implements Namespaced {

    /// @param result absent until the component has read the configuration
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonClassDescription("What the component found.")
    public record Status(
            @JsonPropertyDescription(
                            "Valid, Invalid if some object was left out, or Unknown before the"
                                    + " configuration was read.")
                    @Nullable Result result,
            @JsonPropertyDescription("What is wrong. Empty when the result is Valid.")
                    @Nullable String errorSummary,
            @JsonPropertyDescription("The parts of the result.") List<Condition> conditions) {

        public Status {
            conditions = Lists.orEmpty(conditions);
        }
    }

    /// The verdict.
    public enum Result {
        @JsonProperty("Valid")
        VALID,
        @JsonProperty("Invalid")
        INVALID,
        @JsonProperty("Unknown")
        UNKNOWN
    }
}

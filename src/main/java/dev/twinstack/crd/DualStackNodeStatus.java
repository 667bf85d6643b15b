package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What node-config has found on its node, and what it has done there.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("What was found on the node, and done. Written by node-config on it.")
public record DualStackNodeStatus(
        @JsonPropertyDescription("The metadata.generation that was looked at.")
                @Nullable Long observedGeneration,
        @JsonPropertyDescription("How far the node is.") @Nullable Stage stage,
        @JsonPropertyDescription("Since when, RFC 3339.") @Nullable String since,
        @JsonPropertyDescription("What happened, in words.") @Nullable String message,
        @JsonPropertyDescription("The attempt of the spec that the stage belongs to.") long attempt,
        @JsonPropertyDescription("The files below MicroK8s' args directory, by their path there.")
                Map<String, String> files,
        @JsonPropertyDescription("What the host says of its IPv6, as dualstack facts prints it.")
                @Nullable String facts,
        @JsonPropertyDescription("The directory of the backup on the node.")
                @Nullable String backup,
        @JsonPropertyDescription("The files of the backup.") Map<String, String> backupFiles) {

    public DualStackNodeStatus {
        files = Lists.orEmpty(files);
        backupFiles = Lists.orEmpty(backupFiles);
    }

    /// How far a node is.
    public enum Stage {
        /// Files and host were looked at.
        @JsonProperty("Observed")
        OBSERVED,
        /// Its files are copied.
        @JsonProperty("BackedUp")
        BACKED_UP,
        /// The launch configuration is written; MicroK8s' agent has not taken it yet.
        @JsonProperty("Written")
        WRITTEN,
        /// The agent has taken it; kubelite is not seen with it yet.
        @JsonProperty("Restarting")
        RESTARTING,
        /// kubelite runs with what was ordered.
        @JsonProperty("InForce")
        IN_FORCE,
        /// The node did not come back; its files are being restored.
        @JsonProperty("Restoring")
        RESTORING,
        /// The node runs as before.
        @JsonProperty("RolledBack")
        ROLLED_BACK,
        /// Neither that nor the other: a person has to look.
        @JsonProperty("Failed")
        FAILED;

        /// Whether it ends the attempt.
        public boolean isFailure() {
            return this == ROLLED_BACK || this == FAILED;
        }

        /// Whether the node is at work.
        public boolean isBusy() {
            return this == WRITTEN || this == RESTARTING || this == RESTORING;
        }
    }
}

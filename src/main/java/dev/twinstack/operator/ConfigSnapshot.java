package dev.twinstack.operator;

import dev.twinstack.config.ClusterConfig;
import dev.twinstack.config.ConfigError;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.config.ConfigResult;
import java.util.List;

/// The configuration at one moment.
///
/// @param number grows with every snapshot of this process
/// @param objects what it was read from
public record ConfigSnapshot(long number, ConfigObjects objects, ConfigResult result) {

    /// What is in force.
    public ClusterConfig config() {
        return result.config();
    }

    /// What was left out or stays in force as it was, and why.
    public List<ConfigError> errors() {
        return result.errors();
    }
}

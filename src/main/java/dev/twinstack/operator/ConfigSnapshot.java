package dev.twinstack.operator;

import dev.twinstack.config.ClusterConfig;
import dev.twinstack.config.ConfigError;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.config.ConfigResult;
import java.util.List;
import java.util.stream.Stream;

/// The configuration at one moment.
///
/// @param number grows with every snapshot of this process
/// @param objects what it was read from
/// @param unreadable what is wrong with stored objects that are not among them
public record ConfigSnapshot(
        long number, ConfigObjects objects, ConfigResult result, List<ConfigError> unreadable) {

    public ConfigSnapshot {
        unreadable = List.copyOf(unreadable);
    }

    /// What is in force.
    public ClusterConfig config() {
        return result.config();
    }

    /// What was left out or stays in force as it was, and why.
    public List<ConfigError> errors() {
        return Stream.concat(unreadable.stream(), result.errors().stream()).toList();
    }
}

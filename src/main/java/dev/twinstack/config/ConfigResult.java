package dev.twinstack.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What can be used, and what is wrong with the rest.
///
/// @param lastGood for the next load
public record ConfigResult(ClusterConfig config, List<ConfigError> errors, LastGood lastGood) {

    public ConfigResult {
        errors = List.copyOf(errors);
    }

    /// The errors that `before` did not have: what a change of one object would break, be it in
    /// that object or in another one.
    public List<ConfigError> errorsSince(ConfigResult before) {
        Set<ConfigError> known = new HashSet<>(before.errors);
        return errors.stream().filter(error -> !known.contains(error)).toList();
    }
}

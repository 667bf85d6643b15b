package dev.twinstack.admission;

import dev.twinstack.config.ConfigObjects;
import java.util.Optional;

/// Where the validation of configuration objects gets those that are there already. For any thread.
@FunctionalInterface
public interface ConfigSource {

    /// The configuration objects as last seen; empty as long as they have not all been read, when
    /// nothing can be judged.
    Optional<ConfigObjects> current();
}

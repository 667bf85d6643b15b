package dev.twinstack.operator.controller;

import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Steps that are done again and again. One that fails keeps no other back, and says so once for
/// each new reason. For one thread.
final class UpkeepSteps {

    private static final Logger log = LoggerFactory.getLogger(UpkeepSteps.class);

    private final Map<String, String> troubles = new HashMap<>();

    /// @return whether it succeeded
    boolean attempt(String name, Runnable step) {
        try {
            step.run();
            troubles.remove(name);
            return true;
        } catch (KubernetesClientException e) {
            if (isNews(name, Reasons.of(e))) {
                log.atWarn()
                        .addKeyValue("step", name)
                        .addKeyValue("reason", Reasons.of(e))
                        .log("Not written, trying again");
            }
        } catch (RuntimeException e) {
            if (isNews(name, e.toString())) {
                log.atError()
                        .setCause(e)
                        .addKeyValue("step", name)
                        .log("Upkeep failed, trying again");
            }
        }
        return false;
    }

    /// The next trouble is news, whatever it is.
    void forget() {
        troubles.clear();
    }

    private boolean isNews(String name, String reason) {
        return !Objects.equals(troubles.put(name, reason), reason);
    }
}

package dev.twinstack.operator.speaker;

import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether somebody wants this node's traffic away, by the Node's annotation
/// ([dev.twinstack.crd.Twinstack#DRAIN]): the annotation is all that is remembered of it, so it
/// lasts over restarts. Not thread-safe.
final class DrainRequest implements Consumer<Optional<String>> {

    private static final Logger log = LoggerFactory.getLogger(DrainRequest.class);

    /// Who does it.
    interface Sessions {

        void drain(String why);

        void undrain();
    }

    private final String node;
    private final Sessions sessions;
    private boolean inForce;

    DrainRequest(String node, Sessions sessions) {
        this.node = node;
        this.sessions = sessions;
    }

    /// @param reason of the drain that is wanted; empty: none is
    @Override
    public void accept(Optional<String> reason) {
        if (reason.isPresent() == inForce) {
            return;
        }
        inForce = reason.isPresent();
        if (inForce) {
            String why = reason.get().isBlank() ? "maintenance" : reason.get().strip();
            log.atInfo()
                    .addKeyValue("node", node)
                    .addKeyValue("reason", why)
                    .log("Draining: all routes are marked, withdrawn, and the sessions closed");
            sessions.drain("node %s is drained: %s".formatted(node, why));
        } else {
            log.atInfo().addKeyValue("node", node).log("No longer drained");
            sessions.undrain();
        }
    }
}

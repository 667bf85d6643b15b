package dev.twinstack.cli;

import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;

/// Refuses a kubeconfig that the client would silently ignore.
final class KubeconfigCheck {

    private KubeconfigCheck() {}

    static void check(Path kubeconfig) {
        if (!Files.isReadable(kubeconfig)) {
            throw new WrongUseException("cannot read kubeconfig " + kubeconfig);
        }
        Config config;
        try {
            config = Config.fromKubeconfig(kubeconfig.toFile());
        } catch (RuntimeException e) {
            throw new WrongUseException(
                    "kubeconfig %s is not valid: %s"
                            .formatted(kubeconfig, firstLine(Reasons.of(e))));
        }
        if (config.getCurrentContext() == null) {
            throw new WrongUseException("kubeconfig " + kubeconfig + " names no current context");
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}

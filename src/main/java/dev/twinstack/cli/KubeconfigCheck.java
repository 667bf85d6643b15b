package dev.twinstack.cli;

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
                    "kubeconfig " + kubeconfig + " is not valid: " + e.getMessage());
        }
        if (config.getCurrentContext() == null) {
            throw new WrongUseException("kubeconfig " + kubeconfig + " names no current context");
        }
    }
}

package dev.twinstack.testing.lab;

import java.nio.file.Path;

/// The manifests of `kubernetes/`, as far as a test needs them.
public final class Manifests {

    private static final Path DIRECTORY = Path.of("kubernetes").toAbsolutePath();

    private Manifests() {}

    /// The CustomResourceDefinitions, ready for use when this returns.
    public static void applyDefinitions(LabCluster cluster) {
        cluster.kubectl()
                .run(
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "-k",
                        DIRECTORY.resolve("crds").toString())
                .orFail();
        cluster.kubectl()
                .run("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all")
                .orFail();
    }

    /// A namespace for one test's configuration objects.
    public static void createNamespace(LabCluster cluster, String name) {
        cluster.kubectl()
                .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
    }
}

package dev.twinstack.install;

/// A directory of `kubernetes/` that can be installed.
public enum Part {
    /// The CustomResourceDefinitions.
    CRDS("crds"),
    /// The namespaces and the webhooks.
    COMMON("common"),
    CONTROLLER("controller"),
    SPEAKER("speaker"),
    /// Controller and speaker in one pod, complete with definitions and common parts.
    ALL("all-in-one"),
    NODE_CONFIG("node-config");

    private final String directory;

    Part(String directory) {
        this.directory = directory;
    }

    String directory() {
        return directory;
    }

    /// As it is written on a command line.
    @Override
    public String toString() {
        return this == ALL ? "all" : directory;
    }
}

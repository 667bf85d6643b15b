package dev.twinstack.operator;

/// What one process of the program does.
public enum Role {
    /// Gives addresses, answers the webhooks, writes statuses.
    CONTROLLER,
    /// Announces the addresses from its node.
    SPEAKER,
    /// A listening BGP peer with a table, for demos and tests; needs no cluster.
    ROUTER,
    /// Changes MicroK8s' settings on its node on the way to dual-stack.
    NODE_CONFIG,
    /// Controller and speaker in one process.
    ALL;

    public boolean controls() {
        return this == CONTROLLER || this == ALL;
    }

    public boolean speaks() {
        return this == SPEAKER || this == ALL;
    }

    public boolean routes() {
        return this == ROUTER;
    }

    public boolean needsCluster() {
        return controls() || speaks() || this == NODE_CONFIG;
    }

    /// As it is written on the command line.
    @Override
    public String toString() {
        return switch (this) {
            case CONTROLLER -> "controller";
            case SPEAKER -> "speaker";
            case ROUTER -> "router";
            case NODE_CONFIG -> "node-config";
            case ALL -> "all";
        };
    }
}

package dev.twinstack.dualstack;

/// How far a roll-out is.
public enum RolloutPhase {
    /// Some nodes have not reported yet.
    LOOKING("Looking"),
    /// The preflight has failed; nothing is touched.
    REFUSED("Refused"),
    /// The plan is shown, and a person has to say Apply.
    PLANNED("Planned"),
    BACKING_UP("BackingUp"),
    /// On the way back: Services give up IPv6.
    SERVICES("Services"),
    CALICO("Calico"),
    NODES("Nodes"),
    /// On the way back: pods still have addresses of the pool.
    PODS("Pods"),
    DONE("Done"),
    /// Something has failed; nothing goes on until a person says so.
    STOPPED("Stopped");

    private final String text;

    RolloutPhase(String text) {
        this.text = text;
    }

    /// Whether the cluster may be half converted.
    public boolean isUnderWay() {
        return switch (this) {
            case BACKING_UP, SERVICES, CALICO, NODES, PODS -> true;
            case LOOKING, REFUSED, PLANNED, DONE, STOPPED -> false;
        };
    }

    /// As it stands in a status. @return LOOKING for what is no phase
    public static RolloutPhase parse(String text) {
        for (RolloutPhase phase : values()) {
            if (phase.text.equals(text)) {
                return phase;
            }
        }
        return LOOKING;
    }

    @Override
    public String toString() {
        return text;
    }
}

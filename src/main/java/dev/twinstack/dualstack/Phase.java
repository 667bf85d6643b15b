package dev.twinstack.dualstack;

/// The parts of the procedure. A plan to dual-stack goes through BACKUP to VERIFY as they stand
/// here; the way back starts with the Services and ends with the pool.
public enum Phase {
    SERVICES("services"),
    BACKUP("backup"),
    IP_POOL("ip-pool"),
    CALICO("calico"),
    ARGUMENTS("arguments"),
    SERVICE_CIDR("service-cidr"),
    FIREWALL("firewall"),
    PODS("pods"),
    VERIFY("verify");

    private final String text;

    Phase(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}

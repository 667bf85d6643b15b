package dev.twinstack.allocation;

import java.util.Comparator;

/// One port of a Service, for the rule that Services on one address have no port in common.
/// `protocol` as Kubernetes spells it (TCP, UDP, SCTP).
public record PortKey(String protocol, int port) implements Comparable<PortKey> {

    private static final Comparator<PortKey> ORDER =
            Comparator.comparing(PortKey::protocol).thenComparingInt(PortKey::port);

    @Override
    public int compareTo(PortKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return protocol + "/" + port;
    }
}

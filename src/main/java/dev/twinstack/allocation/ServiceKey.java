package dev.twinstack.allocation;

import java.util.Comparator;

/// The name of a Service in its namespace. Ordered by namespace, then name.
public record ServiceKey(String namespace, String name) implements Comparable<ServiceKey> {

    private static final Comparator<ServiceKey> ORDER =
            Comparator.comparing(ServiceKey::namespace).thenComparing(ServiceKey::name);

    @Override
    public int compareTo(ServiceKey other) {
        return ORDER.compare(this, other);
    }

    /// `namespace/name`, the spelling of Events and logs.
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}

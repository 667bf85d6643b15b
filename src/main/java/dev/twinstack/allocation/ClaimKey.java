package dev.twinstack.allocation;

import java.util.Comparator;

/// The name of an AddressClaim in its namespace. Ordered by namespace, then name.
public record ClaimKey(String namespace, String name) implements Comparable<ClaimKey> {

    private static final Comparator<ClaimKey> ORDER =
            Comparator.comparing(ClaimKey::namespace).thenComparing(ClaimKey::name);

    @Override
    public int compareTo(ClaimKey other) {
        return ORDER.compare(this, other);
    }

    /// `namespace/name`, the spelling of Events and logs.
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}

package dev.twinstack.admission;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.IpFamily;

/// The families the cluster gives clusterIPs of.
///
/// @param primary the family of a Service that doesn't say
/// @param dualStack whether there is a range of the other family too
public record ClusterFamilies(IpFamily primary, boolean dualStack) {
    public ClusterFamilies {
        requireNonNull(primary, "primary");
    }
}

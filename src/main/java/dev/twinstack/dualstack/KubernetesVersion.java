package dev.twinstack.dualstack;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Major and minor version, like 1.32.
record KubernetesVersion(int major, int minor) implements Comparable<KubernetesVersion> {

    private static final Pattern TEXT = Pattern.compile("v?(\\d{1,3})\\.(\\d{1,3})(\\D.*)?");

    /// MicroK8s keeps its CNI settings in `args/cni-env` from here on.
    static final KubernetesVersion FIRST = new KubernetesVersion(1, 28);

    /// The newest whose files have been read.
    static final KubernetesVersion LAST = new KubernetesVersion(1, 36);

    /// From here on an object, ServiceCIDR, says which ranges are in force.
    static final KubernetesVersion SERVICE_CIDR = new KubernetesVersion(1, 33);

    /// From here on an IPv6 Service range may be as wide as /64 (tried on 1.35).
    static final KubernetesVersion WIDE_SERVICES = new KubernetesVersion(1, 35);

    static Optional<KubernetesVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new KubernetesVersion(
                                Integer.parseInt(matcher.group(1)),
                                Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    boolean isAtLeast(KubernetesVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(KubernetesVersion other) {
        return major != other.major
                ? Integer.compare(major, other.major)
                : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}

package dev.twinstack.dualstack;

import dev.twinstack.net.IpPrefix;

/// The ranges of a dual-stack cluster. IPv4 comes first everywhere: it was there, and the first
/// family of a cluster can't change.
public record Ranges(
        IpPrefix podsIpv4, IpPrefix podsIpv6, IpPrefix servicesIpv4, IpPrefix servicesIpv6) {

    /// For `--cluster-cidr`.
    public String pods() {
        return podsIpv4 + "," + podsIpv6;
    }

    /// For `--service-cluster-ip-range`.
    public String services() {
        return servicesIpv4 + "," + servicesIpv6;
    }
}

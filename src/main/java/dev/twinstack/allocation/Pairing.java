package dev.twinstack.allocation;

/// How the IPv4 and the IPv6 address that a Service gets together belong together.
public enum Pairing {
    /// Not at all: the lowest free one of each family.
    NONE,
    /// The IPv6 address has the host part of the IPv4 one: 192.168.1.7 goes with 2001:db8::7.
    SUFFIX
}

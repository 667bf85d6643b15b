package dev.twinstack.net;

/// The two address families, named as Kubernetes names them in `spec.ipFamilies`.
public enum IpFamily {
    IPV4("IPv4", 32),
    IPV6("IPv6", 128);

    private final String text;
    private final int bits;

    IpFamily(String text, int bits) {
        this.text = text;
        this.bits = bits;
    }

    /// The length of an address in bits: 32 or 128.
    public int bits() {
        return bits;
    }

    /// The length of an address in octets: 4 or 16.
    public int octets() {
        return bits / 8;
    }

    /// The other family.
    public IpFamily other() {
        return this == IPV4 ? IPV6 : IPV4;
    }

    /// `IPv4` or `IPv6`, the spelling of the Kubernetes API.
    @Override
    public String toString() {
        return text;
    }
}

package dev.twinstack.bgp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/// The TCP MD5 key of a session (RFC 2385). Never shown: [#toString] says nothing about it.
public final class Password {

    /// The kernel's limit, TCP_MD5SIG_MAXKEYLEN.
    public static final int MAX_OCTETS = 80;

    private final byte[] octets;

    private Password(byte[] octets) {
        this.octets = octets;
    }

    /// @throws IllegalArgumentException if it is empty or longer than [#MAX_OCTETS] in UTF-8
    public static Password of(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (octets.length == 0 || octets.length > MAX_OCTETS) {
            throw new IllegalArgumentException(
                    "A BGP password has 1 to %d octets, not %d"
                            .formatted(MAX_OCTETS, octets.length));
        }
        return new Password(octets);
    }

    /// A copy of the key in UTF-8, for the socket option alone.
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Password password && MessageDigest.isEqual(octets, password.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "Password[redacted]";
    }
}

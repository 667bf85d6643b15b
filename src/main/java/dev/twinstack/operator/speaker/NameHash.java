package dev.twinstack.operator.speaker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What stands for a name where the name itself is too long or no number.
final class NameHash {

    private NameHash() {}

    /// Its SHA-256: 32 octets.
    static byte[] of(String name) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}

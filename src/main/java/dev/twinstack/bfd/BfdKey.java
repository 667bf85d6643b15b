package dev.twinstack.bfd;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/// The key of a session that authenticates its packets with SHA1 (RFC 5880 section 6.7.4). Never
/// shown: [#toString] says nothing of the secret.
public final class BfdKey {

    /// The key's length on the wire; shorter ones are filled up with zeros.
    public static final int MAX_OCTETS = 20;

    /// How the sequence number of a packet must follow the one before.
    public enum Kind {
        /// Not lower: a packet may be replayed until the next one comes.
        KEYED,
        /// Higher with every packet.
        METICULOUS
    }

    private final Kind kind;
    private final int id;
    private final byte[] secret;

    private BfdKey(Kind kind, int id, byte[] secret) {
        this.kind = requireNonNull(kind, "kind");
        this.id = id;
        this.secret = secret;
    }

    /// @param id the number both sides know the key by, 0 to 255
    /// @throws IllegalArgumentException if the secret is empty or longer than [#MAX_OCTETS] in
    ///   UTF-8
    public static BfdKey of(Kind kind, int id, String secret) {
        byte[] octets = secret.getBytes(StandardCharsets.UTF_8);
        if (octets.length == 0 || octets.length > MAX_OCTETS) {
            throw new IllegalArgumentException(
                    "A BFD key has 1 to %d octets, not %d".formatted(MAX_OCTETS, octets.length));
        }
        if (id < 0 || id > 255) {
            throw new IllegalArgumentException("A BFD key ID is in 0..255, not " + id);
        }
        return new BfdKey(kind, id, Arrays.copyOf(octets, MAX_OCTETS));
    }

    public Kind kind() {
        return kind;
    }

    public int id() {
        return id;
    }

    /// A copy of the secret with its filling, for the digest alone.
    public byte[] octets() {
        return secret.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BfdKey key
                && kind == key.kind
                && id == key.id
                && MessageDigest.isEqual(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(secret) + id;
    }

    @Override
    public String toString() {
        return "BfdKey[%s %d, redacted]".formatted(kind, id);
    }
}

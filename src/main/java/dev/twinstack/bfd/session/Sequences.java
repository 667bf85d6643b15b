package dev.twinstack.bfd.session;

import dev.twinstack.bfd.BfdKey;
import dev.twinstack.bfd.wire.Authentication;
import dev.twinstack.bfd.wire.Authentication.Sha1;
import dev.twinstack.bfd.wire.ControlPacket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sequence numbers of an authenticated session, and the digests over its packets (RFC 5880
/// section 6.7.4).
///
/// @param sent of our last packet
/// @param received of the peer's last valid packet; null while not known
/// @param knownUntil when `received` is forgotten: a peer that starts anew chooses another number
record Sequences(int sent, @Nullable Integer received, Instant knownUntil) {

    static Sequences from(int first) {
        return new Sequences(first, null, Instant.MIN);
    }

    /// The packet with its authentication section, if there is a key. The number grows with each
    /// packet, also where the RFC leaves that open.
    ControlPacket sign(ControlPacket packet, Optional<BfdKey> key) {
        return key.map(
                        secret -> {
                            Sha1 section =
                                    new Sha1(
                                            secret.kind(),
                                            secret.id(),
                                            0,
                                            sent,
                                            new Authentication.Digest(secret.octets()));
                            byte[] digest = digest(packet.withAuthentication(section));
                            return packet.withAuthentication(section.withDigest(digest));
                        })
                .orElse(packet);
    }

    Sequences next() {
        return new Sequences(sent + 1, received, knownUntil);
    }

    /// @param until twice the detection time from now
    Sequences accepted(ControlPacket packet, Instant until) {
        return packet.authentication().orElse(null) instanceof Sha1 section
                ? new Sequences(sent, section.sequence(), until)
                : this;
    }

    /// Why the packet is to be discarded; empty if it is not.
    Optional<String> fault(ControlPacket packet, Optional<BfdKey> key, Instant now) {
        if (key.isEmpty()) {
            return packet.authentication().isPresent()
                    ? Optional.of("authenticated, and there is no key for this peer")
                    : Optional.empty();
        }
        BfdKey secret = key.get();
        if (!(packet.authentication().orElse(null) instanceof Sha1 section)
                || section.kind() != secret.kind()) {
            return Optional.of("not authenticated with the SHA1 that is configured");
        }
        if (section.keyId() != secret.id()) {
            return Optional.of("key ID %d is not ours".formatted(section.keyId()));
        }
        if (now.isBefore(knownUntil) && !isInOrder(section, packet.detectMultiplier())) {
            return Optional.of("sequence number is out of order");
        }
        byte[] expected = digest(packet.withAuthentication(section.withDigest(secret.octets())));
        return MessageDigest.isEqual(expected, section.digest().octets())
                ? Optional.empty()
                : Optional.of("digest is wrong: the keys differ");
    }

    /// Within three detection times of the last one, in circular arithmetic.
    private boolean isInOrder(Sha1 section, int multiplier) {
        if (received == null) {
            return true;
        }
        long ahead = Integer.toUnsignedLong(section.sequence() - received);
        long least =
                switch (section.kind()) {
                    case KEYED -> 0;
                    case METICULOUS -> 1;
                };
        return ahead >= least && ahead <= 3L * multiplier;
    }

    private static byte[] digest(ControlPacket packet) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(packet.encode());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }
}

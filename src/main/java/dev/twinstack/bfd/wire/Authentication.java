package dev.twinstack.bfd.wire;

import static java.util.Objects.requireNonNull;

import dev.twinstack.bfd.BfdKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// The authentication section of a control packet (RFC 5880 sections 4.2 to 4.4).
public sealed interface Authentication {

    /// Type and length, which every section begins with.
    int HEADER_LENGTH = 2;

    /// What the `Auth Type` field says.
    int type();

    /// The whole section in octets.
    int length();

    /// Writes the section.
    void encode(ByteBuffer out);

    /// Keyed or meticulous keyed SHA1.
    ///
    /// @param reserved zero from us; kept because the digest covers it
    /// @param sequence unsigned 32 bits
    /// @param digest 20 octets
    record Sha1(BfdKey.Kind kind, int keyId, int reserved, int sequence, Digest digest)
            implements Authentication {

        static final int LENGTH = 28;
        static final int KEYED = 4;
        static final int METICULOUS = 5;

        public Sha1 {
            requireNonNull(kind, "kind");
            requireNonNull(digest, "digest");
        }

        @Override
        public int type() {
            return switch (kind) {
                case KEYED -> KEYED;
                case METICULOUS -> METICULOUS;
            };
        }

        @Override
        public int length() {
            return LENGTH;
        }

        @Override
        public void encode(ByteBuffer out) {
            out.put((byte) type()).put((byte) LENGTH).put((byte) keyId).put((byte) reserved);
            out.putInt(sequence).put(digest.octets);
        }

        public Sha1 withDigest(byte[] octets) {
            return new Sha1(kind, keyId, reserved, sequence, new Digest(octets));
        }
    }

    /// A section of a kind that we don't use: a password, MD5, or one nobody has heard of.
    record Other(int type, Digest value) implements Authentication {

        @Override
        public int length() {
            return HEADER_LENGTH + value.octets.length;
        }

        @Override
        public void encode(ByteBuffer out) {
            out.put((byte) type).put((byte) length()).put(value.octets);
        }
    }

    /// Octets that are compared by value, and never shown: a password may be among them.
    final class Digest {

        private final byte[] octets;

        public Digest(byte[] octets) {
            this.octets = octets.clone();
        }

        public byte[] octets() {
            return octets.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Digest digest && Arrays.equals(octets, digest.octets);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets);
        }

        @Override
        public String toString() {
            return octets.length + " octets";
        }
    }

    /// Reads a section of which `in` holds no less and no more than the packet's rest.
    ///
    /// @return nothing where the lengths don't fit
    static Optional<Authentication> decode(ByteBuffer in) {
        if (in.remaining() < HEADER_LENGTH) {
            return Optional.empty();
        }
        int type = Byte.toUnsignedInt(in.get());
        int length = Byte.toUnsignedInt(in.get());
        if (type == 0 || length != HEADER_LENGTH + in.remaining()) {
            return Optional.empty();
        }
        if (type != Sha1.KEYED && type != Sha1.METICULOUS) {
            return Optional.of(new Other(type, new Digest(rest(in))));
        }
        if (length != Sha1.LENGTH) {
            return Optional.empty();
        }
        BfdKey.Kind kind = type == Sha1.KEYED ? BfdKey.Kind.KEYED : BfdKey.Kind.METICULOUS;
        int keyId = Byte.toUnsignedInt(in.get());
        int reserved = Byte.toUnsignedInt(in.get());
        int sequence = in.getInt();
        return Optional.of(new Sha1(kind, keyId, reserved, sequence, new Digest(rest(in))));
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] octets = new byte[in.remaining()];
        in.get(octets);
        return octets;
    }
}

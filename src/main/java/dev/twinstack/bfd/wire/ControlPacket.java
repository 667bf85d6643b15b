package dev.twinstack.bfd.wire;

import static java.util.Objects.requireNonNull;

import dev.twinstack.bfd.BfdState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// A control packet of version 1 (RFC 5880 section 4.1). The multipoint bit, which must be zero,
/// and the version have no place in it: a packet where they are different is none.
///
/// @param controlPlaneIndependent whether the sender's BFD survives its control plane
/// @param myDiscriminator the sender's number of the session, not 0; unsigned
/// @param yourDiscriminator the receiver's, 0 while not known; unsigned
/// @param desiredMinTx how often the sender wants to send; these three in microseconds, 32 bits
/// @param requiredMinRx how often it can receive; zero: it wants nothing
/// @param requiredMinEchoRx how often it returns echo packets; zero: it does not
public record ControlPacket(
        Diagnostic diagnostic,
        BfdState state,
        boolean poll,
        boolean isFinal,
        boolean controlPlaneIndependent,
        boolean demand,
        int detectMultiplier,
        int myDiscriminator,
        int yourDiscriminator,
        Duration desiredMinTx,
        Duration requiredMinRx,
        Duration requiredMinEchoRx,
        Optional<Authentication> authentication) {

    /// Without authentication.
    public static final int LENGTH = 24;

    private static final int VERSION = 1;
    private static final int POLL = 0x20;
    private static final int FINAL = 0x10;
    private static final int INDEPENDENT = 0x08;
    private static final int AUTHENTICATION = 0x04;
    private static final int DEMAND = 0x02;
    private static final int MULTIPOINT = 0x01;
    private static final long MOST_MICROS = 0xffff_ffffL;

    public ControlPacket {
        requireNonNull(diagnostic, "diagnostic");
        requireNonNull(state, "state");
        requireNonNull(authentication, "authentication");
        if (detectMultiplier < 1 || detectMultiplier > 255 || myDiscriminator == 0) {
            throw new IllegalArgumentException("Detect multiplier and discriminator are not 0");
        }
        checkMicros(desiredMinTx);
        checkMicros(requiredMinRx);
        checkMicros(requiredMinEchoRx);
    }

    /// Reads one datagram, to its end or that of the packet: what follows that is nobody's.
    public static Decoded decode(ByteBuffer in) {
        int start = in.position();
        int present = in.remaining();
        if (present < LENGTH) {
            return discarded("%d octets are no control packet", present);
        }
        int first = Byte.toUnsignedInt(in.get(start));
        int flags = Byte.toUnsignedInt(in.get(start + 1));
        int length = Byte.toUnsignedInt(in.get(start + 3));
        boolean authenticated = (flags & AUTHENTICATION) != 0;
        if (first >> 5 != VERSION) {
            return discarded("version %d", first >> 5);
        }
        if (length < LENGTH + (authenticated ? Authentication.HEADER_LENGTH : 0)) {
            return discarded("length %d is too short", length);
        }
        if (length > present) {
            return discarded("length %d is more than came", length);
        }
        if (in.get(start + 2) == 0) {
            return new Decoded.Discarded("detect multiplier 0");
        }
        if ((flags & MULTIPOINT) != 0) {
            return new Decoded.Discarded("multipoint bit");
        }
        return body(in.slice(start, length), first, flags);
    }

    private static Decoded body(ByteBuffer in, int first, int flags) {
        BfdState state = BfdState.of(flags >> 6);
        int mine = in.getInt(4);
        int yours = in.getInt(8);
        if (mine == 0) {
            return new Decoded.Discarded("my discriminator 0");
        }
        if (yours == 0 && (state == BfdState.INIT || state == BfdState.UP)) {
            return new Decoded.Discarded("your discriminator 0 in state " + state);
        }
        Optional<Authentication> authentication = Optional.empty();
        if ((flags & AUTHENTICATION) != 0) {
            authentication = Authentication.decode(in.slice(LENGTH, in.capacity() - LENGTH));
            if (authentication.isEmpty()) {
                return new Decoded.Discarded("malformed authentication section");
            }
        }
        return new Decoded.Packet(
                new ControlPacket(
                        new Diagnostic(first & 0x1f),
                        state,
                        (flags & POLL) != 0,
                        (flags & FINAL) != 0,
                        (flags & INDEPENDENT) != 0,
                        (flags & DEMAND) != 0,
                        Byte.toUnsignedInt(in.get(2)),
                        mine,
                        yours,
                        micros(in.getInt(12)),
                        micros(in.getInt(16)),
                        micros(in.getInt(20)),
                        authentication));
    }

    /// The packet as octets of their own.
    public byte[] encode() {
        int length = LENGTH + authentication.map(Authentication::length).orElse(0);
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put((byte) (VERSION << 5 | diagnostic.code())).put((byte) flags());
        out.put((byte) detectMultiplier).put((byte) length);
        out.putInt(myDiscriminator).putInt(yourDiscriminator);
        out.putInt(micros(desiredMinTx));
        out.putInt(micros(requiredMinRx));
        out.putInt(micros(requiredMinEchoRx));
        authentication.ifPresent(section -> section.encode(out));
        return out.array();
    }

    public ControlPacket withAuthentication(Authentication section) {
        return new ControlPacket(
                diagnostic,
                state,
                poll,
                isFinal,
                controlPlaneIndependent,
                demand,
                detectMultiplier,
                myDiscriminator,
                yourDiscriminator,
                desiredMinTx,
                requiredMinRx,
                requiredMinEchoRx,
                Optional.of(section));
    }

    private int flags() {
        return state.code() << 6
                | (poll ? POLL : 0)
                | (isFinal ? FINAL : 0)
                | (controlPlaneIndependent ? INDEPENDENT : 0)
                | (authentication.isPresent() ? AUTHENTICATION : 0)
                | (demand ? DEMAND : 0);
    }

    private static Duration micros(int field) {
        return Duration.ofNanos(Integer.toUnsignedLong(field) * 1000);
    }

    private static int micros(Duration interval) {
        return (int) (interval.toNanos() / 1000);
    }

    private static void checkMicros(Duration interval) {
        if (interval.isNegative() || interval.toNanos() / 1000 > MOST_MICROS) {
            throw new IllegalArgumentException("%s has no room in 32 bits".formatted(interval));
        }
    }

    private static Decoded discarded(String format, int number) {
        return new Decoded.Discarded(format.formatted(number));
    }
}

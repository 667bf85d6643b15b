package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sender's routes may be kept over its restart (RFC 4724 section 3).
///
/// @param restarting the R bit: the sender has just restarted
/// @param notification the N bit of RFC 8538: also after a NOTIFICATION
/// @param restartTime whole seconds, at most 4095
/// @param families empty: the sender only helps others
public record GracefulRestartCapability(
        boolean restarting, boolean notification, Duration restartTime, List<Family> families)
        implements Capability {

    public static final int CODE = 64;

    private static final int HEADER_LENGTH = 2;
    private static final int FAMILY_LENGTH = 4;
    private static final int RESTARTING = 0x8000;
    private static final int NOTIFICATION = 0x4000;
    private static final int MAX_TIME = 0x0fff;
    private static final int FORWARDING = 0x80;

    /// @param forwarding the F bit: forwarding went on during the restart
    public record Family(AddressFamily family, boolean forwarding) {

        public Family {
            requireNonNull(family, "family");
        }
    }

    public GracefulRestartCapability {
        if (restartTime.isNegative() || restartTime.toSeconds() > MAX_TIME) {
            throw new IllegalArgumentException("Restart time out of range: " + restartTime);
        }
        families = List.copyOf(families);
    }

    @Override
    public int code() {
        return CODE;
    }

    static @Nullable GracefulRestartCapability decode(ByteBuf in, int start, int end) {
        int length = end - start - HEADER_LENGTH;
        if (length < 0 || length % FAMILY_LENGTH != 0) {
            return null;
        }
        List<Family> families = new ArrayList<>(length / FAMILY_LENGTH);
        for (int index = start + HEADER_LENGTH; index < end; index += FAMILY_LENGTH) {
            AddressFamily family =
                    AddressFamily.of(in.getUnsignedShort(index), in.getUnsignedByte(index + 2));
            families.add(new Family(family, (in.getByte(index + 3) & FORWARDING) != 0));
        }
        int header = in.getUnsignedShort(start);
        return new GracefulRestartCapability(
                (header & RESTARTING) != 0,
                (header & NOTIFICATION) != 0,
                Duration.ofSeconds(header & MAX_TIME),
                families);
    }

    @Override
    public void encodeValue(ByteBuf out) {
        out.writeShort(
                (restarting ? RESTARTING : 0)
                        | (notification ? NOTIFICATION : 0)
                        | (int) restartTime.toSeconds());
        for (Family family : families) {
            out.writeShort(family.family().afi())
                    .writeByte(family.family().safi())
                    .writeByte(family.forwarding() ? FORWARDING : 0);
        }
    }
}

package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Routes may be kept for long as a last resort (RFC 9494 section 3.1). Means nothing without
/// [GracefulRestartCapability].
public record LongLivedGracefulRestartCapability(List<Family> families) implements Capability {

    public static final int CODE = 71;

    private static final int FAMILY_LENGTH = 7;
    private static final int FORWARDING = 0x80;
    private static final int MAX_TIME = 0xff_ffff;

    /// @param staleTime whole seconds of 24 bits
    public record Family(AddressFamily family, boolean forwarding, Duration staleTime) {

        public Family {
            requireNonNull(family, "family");
            if (staleTime.isNegative() || staleTime.toSeconds() > MAX_TIME) {
                throw new IllegalArgumentException("Stale time out of range: " + staleTime);
            }
        }
    }

    public LongLivedGracefulRestartCapability {
        families = List.copyOf(families);
    }

    @Override
    public int code() {
        return CODE;
    }

    static @Nullable LongLivedGracefulRestartCapability decode(ByteBuf in, int start, int end) {
        if ((end - start) % FAMILY_LENGTH != 0) {
            return null;
        }
        List<Family> families = new ArrayList<>((end - start) / FAMILY_LENGTH);
        for (int index = start; index < end; index += FAMILY_LENGTH) {
            AddressFamily family =
                    AddressFamily.of(in.getUnsignedShort(index), in.getUnsignedByte(index + 2));
            families.add(
                    new Family(
                            family,
                            (in.getByte(index + 3) & FORWARDING) != 0,
                            Duration.ofSeconds(in.getUnsignedMedium(index + 4))));
        }
        return new LongLivedGracefulRestartCapability(families);
    }

    @Override
    public void encodeValue(ByteBuf out) {
        for (Family family : families) {
            out.writeShort(family.family().afi())
                    .writeByte(family.family().safi())
                    .writeByte(family.forwarding() ? FORWARDING : 0)
                    .writeMedium((int) family.staleTime().toSeconds());
        }
    }
}

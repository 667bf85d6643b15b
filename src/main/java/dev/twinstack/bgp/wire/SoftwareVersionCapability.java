package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// What the sender runs (draft-abraitis-bgp-version-capability), for `show neighbors`.
public record SoftwareVersionCapability(String version) implements Capability {

    public static final int CODE = 75;

    public SoftwareVersionCapability {
        requireNonNull(version, "version");
    }

    @Override
    public int code() {
        return CODE;
    }

    static @Nullable SoftwareVersionCapability decode(ByteBuf in, int start, int end) {
        String version = CountedText.read(in, start, end);
        return version == null ? null : new SoftwareVersionCapability(version);
    }

    @Override
    public void encodeValue(ByteBuf out) {
        CountedText.write(out, version);
    }
}

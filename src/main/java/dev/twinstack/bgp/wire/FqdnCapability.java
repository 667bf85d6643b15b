package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The sender's name (draft-walton-bgp-hostname-capability), for `show neighbors`.
public record FqdnCapability(String host, String domain) implements Capability {

    public static final int CODE = 73;

    public FqdnCapability {
        requireNonNull(host, "host");
        requireNonNull(domain, "domain");
    }

    @Override
    public int code() {
        return CODE;
    }

    /// Octets behind the domain are ignored, as FRR does.
    static @Nullable FqdnCapability decode(ByteBuf in, int start, int end) {
        String host = CountedText.read(in, start, end);
        if (host == null) {
            return null;
        }
        String domain = CountedText.read(in, start + 1 + in.getUnsignedByte(start), end);
        return domain == null ? null : new FqdnCapability(host, domain);
    }

    @Override
    public void encodeValue(ByteBuf out) {
        CountedText.write(out, host);
        CountedText.write(out, domain);
    }
}

package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.Asn;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The sender's real AS number (RFC 6793 section 3): this one counts, not the OPEN's two octets.
public record FourOctetAsCapability(Asn asn) implements Capability {

    public static final int CODE = 65;

    static final int LENGTH = 4;

    public FourOctetAsCapability {
        requireNonNull(asn, "asn");
    }

    @Override
    public int code() {
        return CODE;
    }

    static @Nullable FourOctetAsCapability decode(ByteBuf in, int start, int end) {
        return end - start == LENGTH
                ? new FourOctetAsCapability(new Asn(in.getUnsignedInt(start)))
                : null;
    }

    @Override
    public void encodeValue(ByteBuf out) {
        out.writeInt((int) asn.value());
    }
}

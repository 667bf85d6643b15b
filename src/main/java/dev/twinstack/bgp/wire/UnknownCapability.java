package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;

/// A capability we don't know, or a known one without its RFC's form. To be ignored (RFC 5492
/// section 3).
public record UnknownCapability(int code, Octets value) implements Capability {

    public UnknownCapability {
        requireNonNull(value, "value");
        if (code < 0 || code > 0xff || value.length() > 0xff) {
            throw new IllegalArgumentException("No capability: " + code + " " + value);
        }
    }

    @Override
    public void encodeValue(ByteBuf out) {
        value.write(out);
    }
}

package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// An optional attribute we don't know (RFC 4271 section 5).
///
/// @param flags as received, without Extended Length
public record UnknownAttribute(AttributeType type, int flags, Octets value)
        implements PathAttribute {

    public static final int OPTIONAL = 0x80;
    public static final int TRANSITIVE = 0x40;
    public static final int PARTIAL = 0x20;

    static final int EXTENDED_LENGTH = 0x10;

    public UnknownAttribute {
        requireNonNull(type, "type");
        requireNonNull(value, "value");
        flags &= OPTIONAL | TRANSITIVE | PARTIAL;
    }

    /// What goes on to other peers: a transitive one with the Partial flag, anything else not.
    public Optional<UnknownAttribute> forwarded() {
        return (flags & TRANSITIVE) == 0
                ? Optional.empty()
                : Optional.of(new UnknownAttribute(type, flags | PARTIAL, value));
    }

    /// A well-known attribute must be known, or the session ends (RFC 4271 section 6.3).
    static AttributeOutcome decode(AttributeType type, int flags, ByteBuf in, int start, int end) {
        return (flags & OPTIONAL) == 0
                ? AttributeFault.reset(type, "well-known and not recognized")
                : new UnknownAttribute(type, flags, Octets.read(in, start, end));
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        value.write(out);
    }
}

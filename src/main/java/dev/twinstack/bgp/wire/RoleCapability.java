package dev.twinstack.bgp.wire;

import dev.twinstack.bgp.Role;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// What the sender is to the other side (RFC 9234 section 4.1). An open code point.
public record RoleCapability(int role) implements Capability {

    public static final int CODE = 9;

    public static final int PROVIDER = 0;
    public static final int ROUTE_SERVER = 1;
    public static final int ROUTE_SERVER_CLIENT = 2;
    public static final int CUSTOMER = 3;
    public static final int PEER = 4;

    public RoleCapability {
        if (role < 0 || role > 0xff) {
            throw new IllegalArgumentException("A role is one octet, not " + role);
        }
    }

    public static RoleCapability of(Role role) {
        return new RoleCapability(
                switch (role) {
                    case PROVIDER -> PROVIDER;
                    case ROUTE_SERVER -> ROUTE_SERVER;
                    case ROUTE_SERVER_CLIENT -> ROUTE_SERVER_CLIENT;
                    case CUSTOMER -> CUSTOMER;
                    case PEER -> PEER;
                });
    }

    @Override
    public int code() {
        return CODE;
    }

    static @Nullable RoleCapability decode(ByteBuf in, int start, int end) {
        return end - start == 1 ? new RoleCapability(in.getUnsignedByte(start)) : null;
    }

    @Override
    public void encodeValue(ByteBuf out) {
        out.writeByte(role);
    }
}

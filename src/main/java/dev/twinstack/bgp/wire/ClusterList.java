package dev.twinstack.bgp.wire;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// The route reflectors a route went through (RFC 4456 section 8).
///
/// @param clusterIds four octets each, written as IPv4 addresses
public record ClusterList(List<IpAddress> clusterIds) implements PathAttribute {

    private static final int SIZE = 4;

    public ClusterList {
        clusterIds = List.copyOf(clusterIds);
    }

    @Override
    public AttributeType type() {
        return AttributeType.CLUSTER_LIST;
    }

    /// RFC 7606 section 7.10.
    static AttributeOutcome decode(ByteBuf in, int start, int end, WireOptions options) {
        if (!options.internal()) {
            return AttributeFault.discard(AttributeType.CLUSTER_LIST, "from an eBGP peer");
        }
        if (start == end || (end - start) % SIZE != 0) {
            return AttributeFault.length(
                    AttributeType.CLUSTER_LIST,
                    AttributeFault.Reaction.TREAT_AS_WITHDRAW,
                    start,
                    end);
        }
        IpAddress[] ids = new IpAddress[(end - start) / SIZE];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = new IpAddress(IpFamily.IPV4, 0, in.getUnsignedInt(start + i * SIZE));
        }
        return new ClusterList(List.of(ids));
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        for (IpAddress id : clusterIds) {
            out.writeInt((int) id.low());
        }
    }
}

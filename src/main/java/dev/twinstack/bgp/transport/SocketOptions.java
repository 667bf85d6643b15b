package dev.twinstack.bgp.transport;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.net.IpFamily;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/// The socket options of one peer's connection: TCP MD5 (RFC 2385), hop limits (RFC 5082). Netty
/// has no constants for some; level and number are Linux'.
final class SocketOptions {

    static final IntegerUnixChannelOption IPV6_V6ONLY =
            new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

    private static final IntegerUnixChannelOption IP_TTL =
            new IntegerUnixChannelOption("IP_TTL", 0, 2);
    private static final IntegerUnixChannelOption IP_MINTTL =
            new IntegerUnixChannelOption("IP_MINTTL", 0, 21);
    private static final IntegerUnixChannelOption IPV6_UNICAST_HOPS =
            new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", 41, 16);
    private static final IntegerUnixChannelOption IPV6_MINHOPCOUNT =
            new IntegerUnixChannelOption("IPV6_MINHOPCOUNT", 41, 73);

    static final int MAX_HOPS = 255;

    private SocketOptions() {}

    /// Sets what this peer's settings ask for, on a connection of its address family. To be called
    /// before the first octet is sent.
    static void apply(Channel channel, PeerSettings settings) {
        Map<ChannelOption<?>, Object> options = new HashMap<>();
        options.put(ChannelOption.TCP_NODELAY, true);
        settings.ttlSecurity()
                .ifPresent(hops -> {
                    options.put(hops(settings.address().family()), MAX_HOPS);
                    options.put(minimumHops(settings.address().family()), MAX_HOPS + 1 - hops);
                });
        channel.config().setOptions(options);
    }

    /// The key for our own connection to the peer.
    static Map<InetAddress, byte[]> md5(PeerSettings settings) {
        return settings.password()
                .map(key -> Map.of(settings.address().toInetAddress(), key.octets()))
                .orElse(Map.of());
    }

    /// The keys of all peers of a family, for a listening socket.
    static Map<InetAddress, byte[]> md5(Iterable<PeerSettings> peers, IpFamily family) {
        Map<InetAddress, byte[]> keys = new HashMap<>();
        for (PeerSettings peer : peers) {
            if (peer.address().family() == family) {
                keys.putAll(md5(peer));
            }
        }
        return keys;
    }

    static void setMd5(Channel channel, Map<InetAddress, byte[]> keys) {
        channel.config().setOption(EpollChannelOption.TCP_MD5SIG, keys);
    }

    /// TTL or hop limit of what we send.
    static ChannelOption<Integer> hops(IpFamily family) {
        return switch (family) {
            case IPV4 -> IP_TTL;
            case IPV6 -> IPV6_UNICAST_HOPS;
        };
    }

    private static ChannelOption<Integer> minimumHops(IpFamily family) {
        return switch (family) {
            case IPV4 -> IP_MINTTL;
            case IPV6 -> IPV6_MINHOPCOUNT;
        };
    }
}

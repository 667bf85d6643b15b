package dev.twinstack.bgp.transport;

import dev.twinstack.bgp.AcceptFrom;
import dev.twinstack.bgp.Password;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import io.netty.channel.Channel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/// TCP MD5 keys for all addresses of a prefix (RFC 2385), of peers that come by themselves, on a
/// listening socket. Netty sets keys of single addresses only; level, number and layout are Linux'
/// (`struct tcp_md5sig` in `linux/tcp.h`). Not thread-safe.
final class PrefixKeys {

    private static final int LENGTH = 216;
    private static final RawUnixChannelOption TCP_MD5SIG_EXT =
            new RawUnixChannelOption("TCP_MD5SIG_EXT", 6, 32, LENGTH);

    private static final byte FLAG_PREFIX = 1;
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final int IPV4_ADDRESS = 4;
    private static final int IPV6_ADDRESS = 8;
    private static final int FLAGS = 128;
    private static final int KEY = 136;

    private final Channel channel;
    private Map<IpPrefix, Password> present = Map.of();

    PrefixKeys(Channel channel) {
        this.channel = channel;
    }

    /// The keys that these peers' callers need.
    static Map<IpPrefix, Password> of(Iterable<PeerSettings> peers, IpFamily family) {
        Map<IpPrefix, Password> keys = new HashMap<>();
        for (PeerSettings peer : peers) {
            peer.password()
                    .ifPresent(key ->
                            peer.acceptFrom().map(AcceptFrom::prefixes).stream()
                                    .flatMap(prefixes -> prefixes.stream())
                                    .filter(prefix -> prefix.family() == family)
                                    .forEach(prefix -> keys.put(prefix, key)));
        }
        return keys;
    }

    /// Puts these in place of all others.
    ///
    /// @throws io.netty.channel.ChannelException if the kernel does not take one
    void set(Map<IpPrefix, Password> wanted) {
        Map<IpPrefix, Password> before = present;
        present = Map.copyOf(wanted);
        before.keySet().stream()
                .filter(prefix -> !wanted.containsKey(prefix))
                .forEach(prefix -> set(prefix, new byte[0]));
        wanted.forEach((prefix, key) -> {
            Password earlier = before.get(prefix);
            if (earlier == null || !earlier.equals(key)) {
                set(prefix, key.octets());
            }
        });
    }

    private void set(IpPrefix prefix, byte[] key) {
        channel.config().setOption(TCP_MD5SIG_EXT, option(prefix, key));
    }

    /// @param key empty to take the key away
    static ByteBuffer option(IpPrefix prefix, byte[] key) {
        ByteBuffer option = ByteBuffer.allocateDirect(LENGTH).order(ByteOrder.nativeOrder());
        byte[] address = prefix.address().octets();
        switch (prefix.family()) {
            case IPV4 -> option.putShort(0, AF_INET).put(IPV4_ADDRESS, address);
            case IPV6 -> option.putShort(0, AF_INET6).put(IPV6_ADDRESS, address);
        }
        option.put(FLAGS, FLAG_PREFIX)
                .put(FLAGS + 1, (byte) prefix.length())
                .putShort(FLAGS + 2, (short) key.length)
                .put(KEY, key);
        return option;
    }
}

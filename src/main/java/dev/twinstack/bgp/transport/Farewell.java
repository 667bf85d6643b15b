package dev.twinstack.bgp.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Closes a connection so that the peer gets to read the last message: everything queued goes out,
/// then our half is closed, then we read on to the peer's end or for [#PATIENCE]. A plain close
/// with unread octets in the socket would send RST, and the NOTIFICATION would be lost.
///
/// After [#PATIENCE] RST is what is sent. A peer that is further away than TTL security allows can
/// neither acknowledge nor hear the NOTIFICATION: the kernel drops its acknowledgements, and having
/// to repeat our OPEN for ever, sends nothing that comes after it. Without RST such a peer would
/// wait for its hold time before it calls again.
final class Farewell {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    private Farewell() {}

    static void close(DuplexChannel channel) {
        if (!channel.isActive()) {
            now(channel);
            return;
        }
        Runnable close =
                () -> {
                    channel.config().setOption(ChannelOption.SO_LINGER, 0);
                    now(channel);
                };
        var deadline =
                channel.eventLoop().schedule(close, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> deadline.cancel(false));
        afterQueued(channel)
                .addListener(queued -> {
                    if (queued.isSuccess()) {
                        ChannelFuture _ = channel.shutdownOutput();
                    } else {
                        now(channel);
                    }
                });
    }

    private static void now(Channel channel) {
        ChannelFuture _ = channel.close();
    }

    private static ChannelFuture afterQueued(Channel channel) {
        return channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }
}

package dev.twinstack.bgp.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of a connection's pipeline: hands octets, end and trouble to its owner. Memory is
/// bounded: the decoder never waits for more than one message, so no more than that and one read is
/// ever kept.
final class LinkHandler extends ByteToMessageDecoder {

    /// Hears of one connection.
    interface Owner {

        void active();

        /// @param in to be read up to the last whole message
        void octets(ByteBuf in);

        void closed(String detail);

        void writable();
    }

    private static final Logger log = LoggerFactory.getLogger(LinkHandler.class);

    private @Nullable Owner owner;
    private String trouble = "connection closed";

    LinkHandler(Owner owner) {
        this.owner = owner;
    }

    /// Says nothing more; octets that still come are thrown away.
    void mute() {
        owner = null;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        super.channelActive(ctx);
        Owner present = owner;
        if (present != null) {
            present.active();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        Owner present = owner;
        if (present != null) {
            present.octets(in);
        } else {
            in.skipBytes(in.readableBytes());
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        super.channelInactive(ctx);
        Owner present = owner;
        if (present != null) {
            owner = null;
            present.closed(trouble);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        Owner present = owner;
        if (present != null && ctx.channel().isWritable()) {
            present.writable();
        }
        super.channelWritabilityChanged(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        trouble = Troubles.text(cause);
        if (!(cause instanceof IOException)) {
            log.atError()
                    .addKeyValue("remote", ctx.channel().remoteAddress())
                    .setCause(cause)
                    .log("Internal error on a BGP connection");
        }
        ChannelFuture _ = ctx.close();
    }
}

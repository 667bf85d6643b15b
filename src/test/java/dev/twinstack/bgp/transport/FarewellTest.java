package dev.twinstack.bgp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.BgpSpeaker;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.testing.RecordedEvents;
import dev.twinstack.bgp.wire.BgpDecoder;
import dev.twinstack.bgp.wire.Decoded;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a peer gets to read on a real socket when the session ends badly.
class FarewellTest {

    private static final int MUCH = 1 << 20;

    @Test
    @Timeout(30)
    void thePeerReadsTheNotificationThoughItsOwnOctetsWereNeverRead() throws IOException {
        try (ServerSocket router = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                BgpSpeaker speaker = new BgpSpeaker(new RecordedEvents(), Restart.NONE)) {
            // Given
            speaker.setPeers(List.of(peer(router.getLocalPort())));
            try (Socket session = router.accept()) {
                // When
                OutputStream out = session.getOutputStream();
                out.write(new byte[MUCH]);
                session.shutdownOutput();

                // Then
                ByteBuf read = Unpooled.wrappedBuffer(session.getInputStream().readAllBytes());
                assertThat(BgpDecoder.decode(read, WireOptions.INITIAL))
                        .isInstanceOfSatisfying(
                                Decoded.Message.class,
                                first ->
                                        assertThat(first.message())
                                                .isInstanceOf(OpenMessage.class));
                assertThat(BgpDecoder.decode(read, WireOptions.INITIAL))
                        .isEqualTo(
                                new Decoded.Message(
                                        new NotificationMessage(
                                                ErrorCode.CONNECTION_NOT_SYNCHRONIZED)));
                assertThat(read.isReadable()).isFalse();
            }

            // And it comes back.
            try (Socket again = router.accept()) {
                assertThat(again.getInputStream().read()).isEqualTo(0xff);
            }
        }
    }

    @Test
    @Timeout(30)
    void aPeerThatNeverClosesIsLeftAfterAWhile() throws IOException {
        try (ServerSocket router = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            try (BgpSpeaker speaker = new BgpSpeaker(new RecordedEvents(), Restart.NONE)) {
                // Given
                speaker.setPeers(List.of(peer(router.getLocalPort())));
                Socket session = router.accept();
                session.getOutputStream().write(new byte[19]);

                // When
                session.getInputStream().readAllBytes();
            }

            // Then: the speaker's close came back although our half is still open.
            assertThat(router.isClosed()).isFalse();
        }
    }

    private static PeerSettings peer(int port) {
        return PeerSettings.builder("router", IpAddress.of(InetAddress.getLoopbackAddress()))
                .port(port)
                .localAsn(new Asn(64512))
                .peerAsn(PeerAsn.exactly(64500))
                .routerId(IpAddress.parse("192.0.2.2"))
                .build();
    }
}

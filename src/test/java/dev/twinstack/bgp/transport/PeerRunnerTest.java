package dev.twinstack.bgp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.rib.AdjRibOut;
import dev.twinstack.bgp.rib.RouteSink;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerRunnerTest {

    private final EpollEventLoopGroup group =
            new EpollEventLoopGroup(1, new DefaultThreadFactory("test", true));

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void aMistakeIsLoggedAndTheSessionTriesAgain() throws IOException {
        // Given
        IllegalStateException mistake = new IllegalStateException("a mistake");
        List<SessionState> states = new CopyOnWriteArrayList<>();
        PeerRunner runner =
                runner(
                        nobody(),
                        to -> {
                            states.add(to);
                            if (states.equals(List.of(SessionState.CONNECT, SessionState.ACTIVE))) {
                                throw mistake;
                            }
                        });
        try (LoggedErrors errors = new LoggedErrors(PeerRunner.class)) {
            // When
            group.execute(() -> runner.run(runner.session()::start));

            // Then
            await().untilAsserted(() ->
                    assertThat(states)
                            .startsWith(
                                    SessionState.CONNECT,
                                    SessionState.ACTIVE,
                                    SessionState.CONNECT));
            assertThat(errors.causes()).containsExactly(Optional.of(mistake));
        }
    }

    private PeerRunner runner(int port, Consumer<SessionState> states) {
        PeerSettings settings =
                PeerSettings.builder("peer", IpAddress.parse("127.0.0.1"))
                        .port(port)
                        .localAsn(new Asn(64512))
                        .peerAsn(PeerAsn.exactly(64600))
                        .routerId(IpAddress.parse("10.9.0.1"))
                        .build();
        BgpEvents events =
                new BgpEvents() {
                    @Override
                    public void stateChanged(String peer, SessionState from, SessionState to) {
                        states.accept(to);
                    }
                };
        return new PeerRunner(
                group.next(),
                new DefaultChannelGroup(group.next()),
                settings,
                new AdjRibOut(),
                RouteSink.NONE,
                events,
                new MonotonicClock(),
                () -> -1L,
                Restart.NONE);
    }

    /// A port that nobody listens at.
    private static int nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package dev.twinstack.bgp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.session.ConnectFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import org.junit.jupiter.api.Test;

class TroublesTest {

    @Test
    void errorsOfTheNativeTransportAreToldInTheSystemsWordsAlone() {
        assertThat(
                        Troubles.text(
                                new IOException(
                                        "recvAddress(..) failed with error(-104): Connection reset"
                                                + " by peer")))
                .isEqualTo("Connection reset by peer");
        assertThat(
                        Troubles.text(
                                new ConnectException(
                                        "connect(..) failed: Connection refused:"
                                                + " /192.0.2.1:179")))
                .isEqualTo("Connection refused");
        assertThat(Troubles.text(new IOException("something else"))).isEqualTo("something else");
        assertThat(Troubles.text(new IOException())).isEqualTo("IOException");
        assertThat(Troubles.text(null)).isEqualTo("unknown");
    }

    @Test
    void failuresToConnectAreToldApart() {
        assertThat(
                        Troubles.failure(
                                new ConnectException(
                                        "finishConnect(..) failed: Connection refused")))
                .isEqualTo(ConnectFailure.REFUSED);
        assertThat(
                        Troubles.failure(
                                new NoRouteToHostException(
                                        "finishConnect(..) failed: No route to host")))
                .isEqualTo(ConnectFailure.UNREACHABLE);
        assertThat(
                        Troubles.failure(
                                new ConnectException("connect(..) failed: Network is unreachable")))
                .isEqualTo(ConnectFailure.UNREACHABLE);
        assertThat(
                        Troubles.failure(
                                new BindException(
                                        "bind(..) failed: Cannot assign requested address")))
                .isEqualTo(ConnectFailure.NO_SUCH_SOURCE);
        assertThat(
                        Troubles.failure(
                                new ConnectException(
                                        "finishConnect(..) failed: Connection timed out")))
                .isEqualTo(ConnectFailure.TIMED_OUT);
        assertThat(Troubles.failure(new IOException("what?"))).isEqualTo(ConnectFailure.OTHER);
    }
}

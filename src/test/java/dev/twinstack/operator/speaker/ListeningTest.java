package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.net.IpAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which sockets are opened and closed as policies come and go.
class ListeningTest {

    private static final ListenAddress ONE = at(179);
    private static final ListenAddress OTHER = at(1790);

    private final List<String> calls = new ArrayList<>();
    private boolean taken;
    private final Listening listening =
            new Listening(
                    new Listening.Listener() {
                        @Override
                        public ListenAddress listen(ListenAddress address) throws IOException {
                            if (taken) {
                                throw new IOException("taken");
                            }
                            calls.add("open " + address);
                            return address;
                        }

                        @Override
                        public void unlisten(ListenAddress bound) {
                            calls.add("close " + bound);
                        }
                    });

    @Test
    void anAddressIsOpenedOnceAndLeftWhenNobodyNamesIt() {
        listening.accept(Set.of(ONE));
        listening.accept(Set.of(ONE));
        listening.accept(Set.of(OTHER));
        listening.accept(Set.of());

        assertThat(calls)
                .containsExactly(
                        "open 0.0.0.0:179",
                        "close 0.0.0.0:179",
                        "open 0.0.0.0:1790",
                        "close 0.0.0.0:1790");
    }

    @Test
    void whatCouldNotBeHadIsTriedAgain() {
        taken = true;
        listening.accept(Set.of(ONE));
        assertThat(calls).isEmpty();

        taken = false;
        listening.accept(Set.of(ONE));

        assertThat(calls).containsExactly("open 0.0.0.0:179");
    }

    private static ListenAddress at(int port) {
        return new ListenAddress(IpAddress.parse("0.0.0.0"), port);
    }
}

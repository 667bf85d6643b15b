package dev.twinstack.bgp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkHandlerTest {

    private final List<String> closed = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new LinkHandler(new Recorder()));

    @Test
    void aMistakeOfOursIsLoggedWithItsCause() {
        // Given
        IllegalStateException mistake = new IllegalStateException("a mistake");
        try (LoggedErrors errors = new LoggedErrors(LinkHandler.class)) {
            // When
            channel.pipeline().fireExceptionCaught(mistake);

            // Then
            assertThat(errors.causes()).containsExactly(Optional.of(mistake));
        }
        assertThat(closed).containsExactly("a mistake");
    }

    @Test
    void aConnectionThatBreaksIsNoError() {
        // Given
        try (LoggedErrors errors = new LoggedErrors(LinkHandler.class)) {
            // When
            channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));

            // Then
            assertThat(errors.causes()).isEmpty();
        }
        assertThat(closed).containsExactly("Connection reset by peer");
    }

    private final class Recorder implements LinkHandler.Owner {

        @Override
        public void active() {
            // not of interest
        }

        @Override
        public void octets(ByteBuf in) {
            // not of interest
        }

        @Override
        public void closed(String detail) {
            closed.add(detail);
        }

        @Override
        public void writable() {
            // not of interest
        }
    }
}

package dev.twinstack.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bfd.BfdCounters;
import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bfd.BfdState;
import dev.twinstack.bfd.BfdStatus;
import dev.twinstack.net.IpAddress;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BfdMetricsTest {

    @Test
    void namesAndLabelsAreThoseOfMetalLbsFrrMode() throws IOException {
        String labels = "{peer=\"2001:db8::1\",vrf=\"default\",} ";

        assertThat(scrape(List.of(session(BfdState.UP))))
                .contains(
                        "# TYPE metallb_bfd_session_up gauge",
                        "metallb_bfd_session_up" + labels + "1.0",
                        "# TYPE metallb_bfd_control_packet_input untyped",
                        "metallb_bfd_control_packet_input" + labels + "2.0",
                        "metallb_bfd_control_packet_output" + labels + "1.0",
                        "metallb_bfd_echo_packet_input" + labels + "4.0",
                        "metallb_bfd_echo_packet_output" + labels + "3.0",
                        "metallb_bfd_session_up_events" + labels + "6.0",
                        "metallb_bfd_session_down_events" + labels + "5.0",
                        "metallb_bfd_zebra_notifications" + labels + "11.0");
    }

    @Test
    void twoSessionsToOneAddressDoNotSpoilTheScrape() throws IOException {
        String text = scrape(List.of(session(BfdState.DOWN), session(BfdState.UP)));

        assertThat(text.lines().filter(line -> line.startsWith("metallb_bfd_session_up{")))
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith(" 0.0"));
    }

    @Test
    void withoutBfdThereIsNothing() throws IOException {
        assertThat(scrape(List.of())).isEmpty();
    }

    private static BfdStatus session(BfdState state) {
        return new BfdStatus(
                BfdSettings.of(BfdPath.to(IpAddress.parse("2001:db8::1"))),
                state,
                state,
                Instant.EPOCH,
                Duration.ofMillis(300),
                Optional.empty(),
                false,
                Optional.empty(),
                new BfdCounters(1, 2, 3, 4, 9, 6, 5));
    }

    private static String scrape(List<BfdStatus> sessions) throws IOException {
        CollectorRegistry registry = new CollectorRegistry();
        registry.register(new BfdMetrics(() -> sessions));
        StringWriter text = new StringWriter();
        TextFormat.write004(text, registry.metricFamilySamples());
        return text.toString();
    }
}

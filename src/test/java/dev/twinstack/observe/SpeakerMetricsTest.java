package dev.twinstack.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bfd.BfdStatus;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.operator.speaker.RouteReport;
import dev.twinstack.operator.speaker.SpeakerView;
import dev.twinstack.operator.testing.SessionStatuses;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeakerMetricsTest {

    @Test
    void namesTypesAndLabelsAreMetalLbs() throws IOException {
        String text = scrape("node-1", List.of(SessionStatuses.ipv4Only()));

        assertThat(text)
                .contains(
                        "# TYPE metallb_speaker_announced gauge",
                        "metallb_speaker_announced{service=\"shop/web\",protocol=\"bgp\","
                                + "node=\"node-1\",ip=\"192.0.2.80\",} 1.0",
                        "# HELP metallb_bgp_session_up BGP session state (1 is up, 0 is down)",
                        "# TYPE metallb_bgp_session_up gauge",
                        "metallb_bgp_session_up{peer=\"192.0.2.1:179\",vrf=\"default\",} 1.0",
                        "# TYPE metallb_bgp_updates_total counter",
                        "metallb_bgp_updates_total{peer=\"192.0.2.1:179\",vrf=\"default\",} 4.0",
                        "# TYPE metallb_bgp_announced_prefixes_total gauge",
                        "metallb_bgp_announced_prefixes_total{peer=\"192.0.2.1:179\",vrf=\"default\",} 3.0",
                        "metallb_bgp_pending_prefixes_total{peer=\"192.0.2.1:179\",vrf=\"default\",} 0.0",
                        "# TYPE metallb_bgp_opens_sent untyped",
                        "metallb_bgp_opens_sent{peer=\"192.0.2.1:179\",vrf=\"default\",} 1.0",
                        "metallb_bgp_opens_received{peer=\"192.0.2.1:179\",vrf=\"default\",} 1.0",
                        "metallb_bgp_notifications_sent{peer=\"192.0.2.1:179\",vrf=\"default\",} 0.0",
                        "metallb_bgp_updates_total_received{peer=\"192.0.2.1:179\",vrf=\"default\",} 2.0",
                        "metallb_bgp_keepalives_sent{peer=\"192.0.2.1:179\",vrf=\"default\",} 3.0",
                        "metallb_bgp_keepalives_received{peer=\"192.0.2.1:179\",vrf=\"default\",} 5.0",
                        "metallb_bgp_route_refresh_sent{peer=\"192.0.2.1:179\",vrf=\"default\",} 0.0",
                        "metallb_bgp_total_sent{peer=\"192.0.2.1:179\",vrf=\"default\",} 8.0",
                        "metallb_bgp_total_received{peer=\"192.0.2.1:179\",vrf=\"default\",} 9.0",
                        "twinstack_bgp_withheld_prefixes{peer=\"192.0.2.1:179\",family=\"IPv6\",} 2.0",
                        "twinstack_bgp_family_negotiated_bool{peer=\"192.0.2.1:179\",family=\"IPv4\",} 1.0",
                        "twinstack_bgp_family_negotiated_bool{peer=\"192.0.2.1:179\",family=\"IPv6\",} 0.0",
                        "twinstack_bgp_pending_prefixes{peer=\"192.0.2.1:179\",family=\"IPv4\",} 0.0",
                        "twinstack_bgp_sessions_established_total{peer=\"192.0.2.1:179\",} 1.0");
    }

    @Test
    void aSessionThatIsDownIsZero() throws IOException {
        assertThat(scrape("node-1", List.of(SessionStatuses.inState(SessionState.ACTIVE))))
                .contains("metallb_bgp_session_up{peer=\"192.0.2.1:179\",vrf=\"default\",} 0.0");
    }

    @Test
    void twoPeersOfOneAddressDoNotSpoilTheScrape() throws IOException {
        String text =
                scrape("node-1", List.of(SessionStatuses.ipv4Only(), SessionStatuses.ipv4Only()));

        assertThat(text.lines().filter(line -> line.startsWith("metallb_bgp_session_up{")))
                .hasSize(1);
        assertThat(text.lines().filter(line -> line.contains("family=\"IPv6\"")))
                .doesNotHaveDuplicates();
    }

    @Test
    void whereThereIsNoSpeakerThereIsNothing() throws IOException {
        assertThat(scrape("", List.of())).isEmpty();
    }

    private static String scrape(String node, List<SessionStatus> sessions) throws IOException {
        CollectorRegistry registry = new CollectorRegistry();
        registry.register(new SpeakerMetrics(new FixedView(node, sessions)));
        StringWriter text = new StringWriter();
        TextFormat.write004(text, registry.metricFamilySamples());
        return text.toString();
    }

    private record FixedView(String node, List<SessionStatus> sessions) implements SpeakerView {

        @Override
        public List<BGPSessionStatus> sessionReports() {
            return List.of();
        }

        @Override
        public List<BfdStatus> bfdSessions() {
            return List.of();
        }

        @Override
        public List<RouteReport> routes() {
            return List.of();
        }

        @Override
        public List<AnnouncedService> announced() {
            return List.of(new AnnouncedService("shop/web", "192.0.2.80"));
        }
    }
}

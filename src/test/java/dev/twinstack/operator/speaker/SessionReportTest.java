package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.Announcement;
import dev.twinstack.announce.ServiceView;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.crd.BGPSessionStatus.Capability;
import dev.twinstack.crd.BGPSessionStatus.FamilyRoutes;
import dev.twinstack.crd.BGPSessionStatus.Messages;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.operator.testing.SessionStatuses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionReportTest {

    @Test
    void anEstablishedSessionWithOneFamilyOnly() {
        assertThat(SessionReport.of("node-1", SessionStatuses.ipv4Only()))
                .isEqualTo(
                        new BGPSessionStatus(
                                "node-1",
                                "tor",
                                "192.0.2.1",
                                179,
                                64500L,
                                "192.0.2.254",
                                "192.0.2.10",
                                64512L,
                                "Established",
                                "2026-01-01T10:00:00Z",
                                null,
                                List.of("IPv4"),
                                List.of("IPv4", "IPv6"),
                                List.of("IPv4"),
                                9,
                                3,
                                null,
                                List.of(
                                        new FamilyRoutes("IPv4", 3, 0, 0, null, List.of()),
                                        new FamilyRoutes(
                                                "IPv6",
                                                0,
                                                0,
                                                2,
                                                "the peer did not offer IPv6",
                                                List.of())),
                                new Messages(1, 4, 3, 0, 0),
                                new Messages(1, 2, 5, 0, 1),
                                null,
                                List.of(
                                        new Capability("IPv4 unicast", true, true, true, null),
                                        new Capability("IPv6 unicast", true, false, false, null)),
                                "IPv4 3, IPv6 0 of 2",
                                List.of(
                                        "2 IPv6 routes are not sent: the peer did not offer"
                                                + " IPv6")));
    }

    @Test
    void countersAreNoChange() {
        BGPSessionStatus report = SessionReport.of("n", SessionStatuses.ipv4Only());

        assertThat(SessionReport.withoutCounters(report).sent()).isNull();
        assertThat(SessionReport.withoutCounters(report).received()).isNull();
        assertThat(SessionReport.withoutCounters(report))
                .usingRecursiveComparison()
                .ignoringFields("sent", "received")
                .isEqualTo(report);
    }

    @Test
    void routesSayForWhomTheyAreAndWhyTheyAreNotSent() {
        ServiceAnnouncement web = announced("web", "192.0.2.80/32", "2001:db8::80/128");
        ServiceAnnouncement mail = announced("mail", "192.0.2.80/32");

        List<RouteReport> routes =
                RouteReports.of("node-1", List.of(web, mail), List.of(SessionStatuses.ipv4Only()));

        assertThat(routes)
                .containsExactly(
                        new RouteReport(
                                "node-1",
                                "tor",
                                "192.0.2.80/32",
                                "IPv4",
                                null,
                                List.of(),
                                List.of("shop/mail", "shop/web"),
                                true,
                                null),
                        new RouteReport(
                                "node-1",
                                "tor",
                                "2001:db8::80/128",
                                "IPv6",
                                null,
                                List.of(),
                                List.of("shop/web"),
                                false,
                                "the peer did not offer IPv6"));
    }

    @Test
    void withoutASessionNothingIsSent() {
        SessionStatus down = SessionStatuses.inState(SessionState.ACTIVE);

        assertThat(RouteReports.of("n", List.of(announced("web", "192.0.2.80/32")), List.of(down)))
                .singleElement()
                .extracting(RouteReport::because)
                .isEqualTo("the session is not established: Active (nobody listens there)");
        assertThat(RouteReports.of("n", List.of(announced("web", "192.0.2.80/32")), List.of()))
                .singleElement()
                .extracting(RouteReport::sent)
                .isEqualTo(false);
    }

    @Test
    void longNamesAreShortenedAndStayApart() {
        String node = "n".repeat(200);
        String one = SessionName.of(node, "p".repeat(100) + "1");
        String two = SessionName.of(node, "p".repeat(100) + "2");

        assertThat(SessionName.of("node-1", "tor")).isEqualTo("node-1-tor");
        assertThat(one).hasSize(253).isNotEqualTo(two);
        assertThat(SessionName.label(node)).hasSize(63);
    }

    private static ServiceAnnouncement announced(String name, String... prefixes) {
        Map<IpPrefix, RouteAttributes> routes = new HashMap<>();
        for (String prefix : prefixes) {
            routes.put(IpPrefix.parse(prefix), RouteAttributes.NONE);
        }
        return new ServiceAnnouncement(
                new ServiceView(
                        new ServiceKey("shop", name), Map.of(), true, false, List.of("192.0.2.80")),
                new Announcement.Announced("lan", Map.of("tor", routes)));
    }
}

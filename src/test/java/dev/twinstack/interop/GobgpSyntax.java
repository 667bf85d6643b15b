package dev.twinstack.interop;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.net.IpFamily;
import dev.twinstack.testing.lab.LabRouter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// GoBGP. Offers extended next hops without being asked, and knows no roles.
final class GobgpSyntax implements Daemon.Syntax {

    @Override
    public String config(int router, List<Session> sessions) {
        return """
        [global.config]
          as = %d
          router-id = "10.66.0.%d"
        [global.use-multiple-paths.config]
          enabled = true
        %s\
        """
                .formatted(
                        Session.ROUTER_ASN,
                        router,
                        sessions.stream().map(GobgpSyntax::neighbour).collect(joining()));
    }

    private static String neighbour(Session session) {
        return """
        [[neighbors]]
          [neighbors.config]
            neighbor-address = "%s"
            peer-as = %d
            local-as = %d
        %s  [neighbors.transport.config]
            passive-mode = %s
          [neighbors.timers.config]
            hold-time = %d
            keepalive-interval = %d
            connect-retry = 1
            idle-hold-time-after-reset = 1
          [neighbors.error-handling.config]
            treat-as-withdraw = true
        %s%s\
        """
                .formatted(
                        session.nodeAddress(),
                        session.nodeAsn(),
                        session.routerAsn(),
                        session.has(Trait.PASSWORD)
                                ? "    auth-password = \"%s\"\n".formatted(Session.PASSWORD)
                                : "",
                        !session.has(Trait.ROUTER_CALLS),
                        session.hold().toSeconds(),
                        session.hold().toSeconds() / 3,
                        options(session),
                        session.families().stream()
                                .map(family -> family(family, session))
                                .collect(joining()));
    }

    private static String options(Session session) {
        StringBuilder lines = new StringBuilder();
        if (session.has(Trait.TTL_SECURITY)) {
            lines.append(
                    """
                      [neighbors.ttl-security.config]
                        enabled = true
                        ttl-min = 255
                    """);
        }
        if (session.has(Trait.GRACEFUL_RESTART)) {
            lines.append(
                    """
                      [neighbors.graceful-restart.config]
                        enabled = true
                        notification-enabled = true
                        restart-time = 120
                    """);
        }
        return lines.toString();
    }

    private static String family(IpFamily family, Session session) {
        String restart =
                """
                    [neighbors.afi-safis.mp-graceful-restart.config]
                      enabled = true
                """;
        return """
          [[neighbors.afi-safis]]
            [neighbors.afi-safis.config]
              afi-safi-name = "%s-unicast"
        %s\
        """
                .formatted(
                        family == IpFamily.IPV4 ? "ipv4" : "ipv6",
                        session.has(Trait.GRACEFUL_RESTART) ? restart : "");
    }

    @Override
    public Map<String, Set<String>> table(LabRouter router, IpFamily family) {
        Map<String, Set<String>> table = new TreeMap<>();
        String name = family == IpFamily.IPV4 ? "ipv4" : "ipv6";
        Daemon.json(router.show("global", "rib", "-a", name, "-j"))
                .properties()
                .forEach(route -> table.put(route.getKey(), nextHops(route.getValue())));
        return table;
    }

    private static Set<String> nextHops(JsonNode paths) {
        Set<String> hops = new TreeSet<>();
        for (JsonNode path : paths) {
            for (JsonNode attribute : path.path("attrs")) {
                if (attribute.has("nexthop")) {
                    hops.add(attribute.path("nexthop").asText());
                }
            }
        }
        return hops;
    }
}

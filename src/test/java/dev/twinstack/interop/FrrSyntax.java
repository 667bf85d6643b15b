package dev.twinstack.interop;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.testing.lab.LabRouter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// FRR. Hears of graceful restart without being told: its helper mode is always on.
final class FrrSyntax implements Daemon.Syntax {

    @Override
    public String config(int router, List<Session> sessions) {
        return """
        frr defaults traditional
        router bgp %d
         bgp router-id 10.66.0.%d
         no bgp ebgp-requires-policy
         no bgp default ipv4-unicast
         bgp bestpath as-path multipath-relax
        %s%s%s\
        """
                .formatted(
                        Session.ROUTER_ASN,
                        router,
                        sessions.stream().map(FrrSyntax::neighbour).collect(joining()),
                        family(IpFamily.IPV4, sessions),
                        family(IpFamily.IPV6, sessions));
    }

    private static String neighbour(Session session) {
        IpAddress node = session.nodeAddress();
        StringBuilder lines = new StringBuilder();
        line(lines, node, "remote-as " + session.nodeAsn());
        line(
                lines,
                node,
                "timers %d %d"
                        .formatted(session.hold().toSeconds() / 3, session.hold().toSeconds()));
        line(lines, node, "timers connect 1");
        if (session.routerAsn() != Session.ROUTER_ASN) {
            line(lines, node, "local-as %d no-prepend replace-as".formatted(session.routerAsn()));
        }
        if (!session.has(Trait.ROUTER_CALLS)) {
            line(lines, node, "passive");
        }
        for (Trait trait : session.traits()) {
            switch (trait) {
                case PASSWORD -> line(lines, node, "password " + Session.PASSWORD);
                case TTL_SECURITY -> line(lines, node, "ttl-security hops 1");
                case EXTENDED_NEXT_HOP -> line(lines, node, "capability extended-nexthop");
                case ROLES -> line(lines, node, "local-role provider");
                case GRACEFUL_RESTART, ROUTER_CALLS, ROUTER_TELLS -> {}
            }
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, IpAddress node, String words) {
        lines.append(" neighbor ").append(node).append(' ').append(words).append('\n');
    }

    private static String family(IpFamily family, List<Session> sessions) {
        String name = family == IpFamily.IPV4 ? "ipv4" : "ipv6";
        return " address-family %s unicast\n  maximum-paths 16\n%s exit-address-family\n"
                .formatted(
                        name,
                        sessions.stream()
                                .filter(session -> session.families().contains(family))
                                .map(session ->
                                        "  neighbor %s activate\n".formatted(session.nodeAddress()))
                                .collect(joining()));
    }

    @Override
    public Map<String, Set<String>> table(LabRouter router, IpFamily family) {
        Map<String, Set<String>> table = new TreeMap<>();
        String command =
                "show bgp %s unicast json".formatted(family == IpFamily.IPV4 ? "ipv4" : "ipv6");
        Daemon.json(router.show(command))
                .path("routes")
                .properties()
                .forEach(route -> table.put(route.getKey(), nextHops(route.getValue())));
        return table;
    }

    private static Set<String> nextHops(JsonNode paths) {
        Set<String> hops = new TreeSet<>();
        for (JsonNode path : paths) {
            for (JsonNode hop : path.path("nexthops")) {
                if (!"link-local".equals(hop.path("scope").asText())) {
                    hops.add(hop.path("ip").asText());
                }
            }
        }
        return hops;
    }
}

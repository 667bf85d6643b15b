package dev.twinstack.interop;

import static java.util.stream.Collectors.joining;

import dev.twinstack.net.IpFamily;
import dev.twinstack.testing.lab.LabRouter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// BIRD 2: one protocol a session.
final class BirdSyntax implements Daemon.Syntax {

    @Override
    public String config(int router, List<Session> sessions) {
        return """
        router id 10.66.0.%d;
        protocol device {}
        protocol kernel { ipv4 { import none; export all; }; merge paths on; }
        protocol kernel { ipv6 { import none; export all; }; merge paths on; }
        %s\
        """
                .formatted(
                        router,
                        sessions.stream()
                                .map(session -> protocol(router, session))
                                .collect(joining()));
    }

    private static String protocol(int router, Session session) {
        String own = session.transport() == IpFamily.IPV4 ? "10.66.0." : "fd66::";
        return """
        protocol bgp n%d {
          local %s%d as %d;
          neighbor %s as %d;
          direct;
          hold time %d;
          connect delay time 1;
          error wait time 1, 1;
          error forget time 1;
        %s%s}
        """
                .formatted(
                        session.node(),
                        own,
                        router,
                        session.routerAsn(),
                        session.nodeAddress(),
                        session.nodeAsn(),
                        session.hold().toSeconds(),
                        options(session),
                        session.families().stream()
                                .map(family -> channel(family, session))
                                .collect(joining()));
    }

    private static String options(Session session) {
        StringBuilder lines = new StringBuilder();
        if (!session.has(Trait.ROUTER_CALLS)) {
            lines.append("  passive on;\n");
        }
        for (Trait trait : session.traits()) {
            switch (trait) {
                case PASSWORD -> lines.append("  password \"%s\";\n".formatted(Session.PASSWORD));
                case TTL_SECURITY -> lines.append("  ttl security on;\n");
                case GRACEFUL_RESTART -> lines.append("  graceful restart aware;\n");
                case ROLES -> lines.append("  local role provider;\n");
                case EXTENDED_NEXT_HOP, ROUTER_CALLS, ROUTER_TELLS -> {}
            }
        }
        return lines.toString();
    }

    private static String channel(IpFamily family, Session session) {
        boolean extended = family == IpFamily.IPV4 && session.has(Trait.EXTENDED_NEXT_HOP);
        return "  %s { import all; export %s;%s };\n"
                .formatted(
                        family == IpFamily.IPV4 ? "ipv4" : "ipv6",
                        session.has(Trait.ROUTER_TELLS) ? "all" : "none",
                        extended ? " extended next hop on;" : "");
    }

    /// A line with the prefix, or with blanks in its place for one more path, and lines of
    /// attributes after it.
    @Override
    public Map<String, Set<String>> table(LabRouter router, IpFamily family) {
        Map<String, Set<String>> table = new TreeMap<>();
        String prefix = "";
        String name = family == IpFamily.IPV4 ? "master4" : "master6";
        for (String line : router.show("show", "route", "all", "table", name).lines().toList()) {
            if (line.contains("[")) {
                prefix = line.startsWith(" ") ? prefix : line.substring(0, line.indexOf(' '));
            } else if (line.strip().startsWith("BGP.next_hop:")) {
                String hop = line.strip().split("\\s+", -1)[1];
                table.computeIfAbsent(prefix, _ -> new TreeSet<>()).add(hop);
            }
        }
        return table;
    }
}

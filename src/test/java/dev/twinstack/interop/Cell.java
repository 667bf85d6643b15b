package dev.twinstack.interop;

import static dev.twinstack.net.IpFamily.IPV4;
import static dev.twinstack.net.IpFamily.IPV6;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// One kind of session of the matrix, with every daemon. `docs/interop.md` shows it to people.
///
/// @param others where it is tested with the daemons that the matrix leaves out
record Cell(String title, Session session, Map<Daemon, Place> others) {

    private static final Place FRR_IT = new Place.Elsewhere("SpeakerFrrIT");
    private static final Place BIRD_IT = new Place.Elsewhere("SpeakerBirdIT");

    static final List<Cell> ALL =
            List.of(
                    new Cell(
                            "both families over IPv4",
                            Session.over(IPV4, 171),
                            Map.of(Daemon.FRR, FRR_IT, Daemon.BIRD, BIRD_IT)),
                    new Cell(
                            "both families over IPv6",
                            Session.over(IPV6, 172),
                            Map.of(Daemon.FRR, FRR_IT, Daemon.BIRD, BIRD_IT)),
                    new Cell(
                            "router with IPv4 only",
                            Session.over(IPV4, 173).taking(IPV4),
                            Map.of(Daemon.FRR, FRR_IT)),
                    cell("router with IPv6 only", Session.over(IPV6, 174).taking(IPV6)),
                    cell("router with IPv6 only, over IPv4", Session.over(IPV4, 175).taking(IPV6)),
                    new Cell(
                            "iBGP",
                            Session.over(IPV4, 176).between(Session.ROUTER_ASN, Session.ROUTER_ASN),
                            Map.of(Daemon.BIRD, BIRD_IT)),
                    new Cell(
                            "TCP MD5 over IPv4",
                            Session.over(IPV4, 177).with(Trait.PASSWORD),
                            Map.of(Daemon.BIRD, BIRD_IT)),
                    cell("TCP MD5 over IPv6", Session.over(IPV6, 178).with(Trait.PASSWORD)),
                    cell("GTSM over IPv4", Session.over(IPV4, 179).with(Trait.TTL_SECURITY)),
                    cell("GTSM over IPv6", Session.over(IPV6, 180).with(Trait.TTL_SECURITY)),
                    cell(
                            "AS numbers of four octets",
                            Session.over(IPV4, 181).between(4_200_000_181L, 4_200_000_500L)),
                    cell(
                            "IPv4 with IPv6 next hops",
                            Session.over(IPV6, 182).with(Trait.EXTENDED_NEXT_HOP)),
                    cell("the router connects", Session.over(IPV4, 183).with(Trait.ROUTER_CALLS)),
                    new Cell(
                            "roles",
                            Session.over(IPV4, 184).with(Trait.ROLES),
                            Map.of(Daemon.GOBGP, new Place.Impossible("has no roles"))));

    Cell {
        others = Map.copyOf(others);
    }

    private static Cell cell(String title, Session session) {
        return new Cell(title, session, Map.of());
    }

    /// One cell and one daemon.
    record Case(Cell cell, Daemon daemon) {

        @Override
        public String toString() {
            return cell.title + ", " + daemon;
        }
    }

    Place place(Daemon daemon) {
        return others.getOrDefault(daemon, new Place.Here());
    }

    boolean isTestedWith(Daemon daemon) {
        return place(daemon) instanceof Place.Here;
    }

    static List<Session> sessionsWith(Daemon daemon) {
        return ALL.stream().filter(cell -> cell.isTestedWith(daemon)).map(Cell::session).toList();
    }

    static List<Case> cases() {
        return Arrays.stream(Daemon.values())
                .flatMap(daemon ->
                        ALL.stream()
                                .filter(cell -> cell.isTestedWith(daemon))
                                .map(cell -> new Case(cell, daemon)))
                .toList();
    }
}

package dev.twinstack.observe;

import dev.twinstack.bgp.FamilyStatus;
import dev.twinstack.bgp.MessageCounters;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.operator.speaker.SpeakerView;
import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/// The speaker's metrics under MetalLB's names, read from the sessions at each scrape. `peer` is
/// `address:port`, as in MetalLB's native mode; where that has no such metric, the name is the one
/// of its FRR mode. `vrf` is as there, and always `default`.
///
/// Counters whose MetalLB name does not end in `_total` are of type *untyped*, because the text
/// format's writer would rename counters.
final class SpeakerMetrics extends Collector {

    private static final List<String> PEER = List.of("peer", "vrf");
    private static final String VRF = "default";

    private final SpeakerView speaker;

    SpeakerMetrics(SpeakerView speaker) {
        this.speaker = speaker;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples> families = new ArrayList<>();
        if (speaker.node().isEmpty()) {
            return families;
        }
        families.add(announced());
        Map<String, SessionStatus> sessions = byPeer(speaker.sessions());
        addSessions(families, sessions);
        addMessages(families, sessions);
        addFamilies(families, sessions.values());
        return families;
    }

    private MetricFamilySamples announced() {
        String name = "metallb_speaker_announced";
        List<String> labels = List.of("service", "protocol", "node", "ip");
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        for (SpeakerView.AnnouncedService service : speaker.announced()) {
            samples.add(
                    new MetricFamilySamples.Sample(
                            name,
                            labels,
                            List.of(service.service(), "bgp", speaker.node(), service.address()),
                            1));
        }
        return new MetricFamilySamples(
                name,
                Type.GAUGE,
                "Services being announced from this node. This is desired state, it does not"
                        + " guarantee that the routing protocols have converged.",
                samples);
    }

    private static void addSessions(
            List<MetricFamilySamples> families, Map<String, SessionStatus> sessions) {
        families.add(
                family(
                        "session_up",
                        Type.GAUGE,
                        "BGP session state (1 is up, 0 is down)",
                        sessions,
                        session -> session.isEstablished() ? 1 : 0));
        families.add(
                family(
                        "announced_prefixes_total",
                        Type.GAUGE,
                        "Number of prefixes currently being advertised on the BGP session",
                        sessions,
                        session -> sum(session, FamilyStatus::announced)));
        families.add(
                family(
                        "pending_prefixes_total",
                        Type.GAUGE,
                        "Number of prefixes that should be advertised on the BGP session",
                        sessions,
                        session -> sum(session, FamilyStatus::pending)));
    }

    private static void addMessages(
            List<MetricFamilySamples> families, Map<String, SessionStatus> sessions) {
        families.add(
                family(
                        "updates_total",
                        Type.COUNTER,
                        "Number of BGP UPDATE messages sent",
                        sessions,
                        session -> session.counters().sent().updates()));
        addMessages(
                families,
                sessions,
                "opens_sent",
                "BGP OPEN messages sent",
                sent(MessageCounters::opens));
        addMessages(
                families,
                sessions,
                "opens_received",
                "BGP OPEN messages received",
                received(MessageCounters::opens));
        addMessages(
                families,
                sessions,
                "notifications_sent",
                "BGP NOTIFICATION messages sent",
                sent(MessageCounters::notifications));
        addMessages(
                families,
                sessions,
                "updates_total_received",
                "BGP UPDATE messages received",
                received(MessageCounters::updates));
        addMessages(
                families,
                sessions,
                "keepalives_sent",
                "BGP KEEPALIVE messages sent",
                sent(MessageCounters::keepalives));
        addMessages(
                families,
                sessions,
                "keepalives_received",
                "BGP KEEPALIVE messages received",
                received(MessageCounters::keepalives));
        addMessages(
                families,
                sessions,
                "route_refresh_sent",
                "BGP ROUTE-REFRESH messages sent",
                sent(MessageCounters::routeRefreshes));
        addMessages(
                families,
                sessions,
                "total_sent",
                "BGP messages sent",
                sent(MessageCounters::total));
        addMessages(
                families,
                sessions,
                "total_received",
                "BGP messages received",
                received(MessageCounters::total));
    }

    private static void addMessages(
            List<MetricFamilySamples> families,
            Map<String, SessionStatus> sessions,
            String name,
            String what,
            ToDoubleFunction<SessionStatus> count) {
        families.add(family(name, Type.UNKNOWN, "Number of " + what, sessions, count));
    }

    /// Not MetalLB's: what each address family of a session carries, and what it can't.
    private static void addFamilies(
            List<MetricFamilySamples> families, Collection<SessionStatus> sessions) {
        families.add(
                perFamily(
                        "twinstack_bgp_announced_prefixes",
                        "Prefixes the peer has from us, by address family",
                        sessions,
                        FamilyStatus::announced));
        families.add(
                perFamily(
                        "twinstack_bgp_withheld_prefixes",
                        "Prefixes that should be announced but cannot be, by address family",
                        sessions,
                        FamilyStatus::withheld));
        families.add(
                perFamily(
                        "twinstack_bgp_pending_prefixes",
                        "Changes that are not sent yet, by address family",
                        sessions,
                        FamilyStatus::pending));
        families.add(negotiated(sessions));
        families.add(
                new MetricFamilySamples(
                        "twinstack_bgp_sessions_established_total",
                        Type.COUNTER,
                        "How often the session has come up since the speaker started",
                        sessions.stream()
                                .map(session ->
                                        new MetricFamilySamples.Sample(
                                                "twinstack_bgp_sessions_established_total",
                                                List.of("peer"),
                                                List.of(peer(session)),
                                                session.counters().established()))
                                .toList()));
    }

    /// Of the families that we offer.
    private static MetricFamilySamples negotiated(Collection<SessionStatus> sessions) {
        String name = "twinstack_bgp_family_negotiated_bool";
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        for (SessionStatus session : sessions) {
            session.localFamilies().stream()
                    .sorted()
                    .forEach(family ->
                            samples.add(
                                    new MetricFamilySamples.Sample(
                                            name,
                                            List.of("peer", "family"),
                                            List.of(peer(session), family.toString()),
                                            session.negotiatedFamilies().contains(family)
                                                    ? 1
                                                    : 0)));
        }
        return new MetricFamilySamples(
                name,
                Type.GAUGE,
                "1 if both sides named the address family in the session that stands",
                samples);
    }

    private static MetricFamilySamples perFamily(
            String name,
            String help,
            Collection<SessionStatus> sessions,
            ToIntFunction<FamilyStatus> value) {
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        for (SessionStatus session : sessions) {
            for (IpFamily family : IpFamily.values()) {
                FamilyStatus status = session.families().get(family);
                if (status != null) {
                    samples.add(
                            new MetricFamilySamples.Sample(
                                    name,
                                    List.of("peer", "family"),
                                    List.of(peer(session), family.toString()),
                                    value.applyAsInt(status)));
                }
            }
        }
        return new MetricFamilySamples(name, Type.GAUGE, help, samples);
    }

    private static MetricFamilySamples family(
            String suffix,
            Type type,
            String help,
            Map<String, SessionStatus> sessions,
            ToDoubleFunction<SessionStatus> value) {
        String name = "metallb_bgp_" + suffix;
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        sessions.forEach((peer, session) ->
                samples.add(
                        new MetricFamilySamples.Sample(
                                name, PEER, List.of(peer, VRF), value.applyAsDouble(session))));
        return new MetricFamilySamples(name, type, help, samples);
    }

    /// One session for each `address:port`: a second BGPPeer of the same address would make a
    /// second sample of one name, which spoils the whole scrape.
    private static Map<String, SessionStatus> byPeer(List<SessionStatus> sessions) {
        Map<String, SessionStatus> byPeer = new LinkedHashMap<>();
        sessions.forEach(session -> byPeer.putIfAbsent(peer(session), session));
        return byPeer;
    }

    private static String peer(SessionStatus session) {
        IpAddress address = session.address();
        return switch (address.family()) {
            case IPV4 -> address + ":" + session.port();
            case IPV6 -> "[" + address + "]:" + session.port();
        };
    }

    private static double sum(SessionStatus session, ToIntFunction<FamilyStatus> value) {
        return session.families().values().stream().mapToInt(value).sum();
    }

    private static ToDoubleFunction<SessionStatus> sent(ToDoubleFunction<MessageCounters> kind) {
        return session -> kind.applyAsDouble(session.counters().sent());
    }

    private static ToDoubleFunction<SessionStatus> received(
            ToDoubleFunction<MessageCounters> kind) {
        return session -> kind.applyAsDouble(session.counters().received());
    }
}

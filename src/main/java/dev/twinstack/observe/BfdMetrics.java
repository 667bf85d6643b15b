package dev.twinstack.observe;

import dev.twinstack.bfd.BfdCounters;
import dev.twinstack.bfd.BfdStatus;
import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// The BFD sessions under the names of MetalLB's FRR mode, read at each scrape. `peer` is the
/// address alone, as there; `vrf` is always `default`.
///
/// There is no zebra here: what counts as its notifications is what BGP was told.
///
/// Counters are of type *untyped*: their names do not end in `_total`, and the text format's writer
/// would rename them.
final class BfdMetrics extends Collector {

    private static final List<String> LABELS = List.of("peer", "vrf");
    private static final String VRF = "default";

    private final Supplier<List<BfdStatus>> sessions;

    BfdMetrics(Supplier<List<BfdStatus>> sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples> families = new ArrayList<>();
        Map<String, BfdStatus> present = byPeer(sessions.get());
        if (present.isEmpty()) {
            return families;
        }
        families.add(
                family(
                        "session_up",
                        Type.GAUGE,
                        "BFD session state (1 is up, 0 is down)",
                        present,
                        session -> session.isUp() ? 1 : 0));
        count(
                families,
                present,
                "control_packet_input",
                "Number of received BFD control packets",
                BfdCounters::controlReceived);
        count(
                families,
                present,
                "control_packet_output",
                "Number of sent BFD control packets",
                BfdCounters::controlSent);
        count(
                families,
                present,
                "echo_packet_input",
                "Number of received BFD echo packets",
                BfdCounters::echoReceived);
        count(
                families,
                present,
                "echo_packet_output",
                "Number of sent BFD echo packets",
                BfdCounters::echoSent);
        count(
                families,
                present,
                "session_up_events",
                "Number of BFD session up events",
                BfdCounters::ups);
        count(
                families,
                present,
                "session_down_events",
                "Number of BFD session down events",
                BfdCounters::downs);
        count(
                families,
                present,
                "zebra_notifications",
                "Number of BFD zebra notifications",
                counters -> counters.ups() + counters.downs());
        return families;
    }

    private static void count(
            List<MetricFamilySamples> families,
            Map<String, BfdStatus> sessions,
            String name,
            String help,
            ToDoubleFunction<BfdCounters> count) {
        families.add(
                family(
                        name,
                        Type.UNKNOWN,
                        help,
                        sessions,
                        session -> count.applyAsDouble(session.counters())));
    }

    private static MetricFamilySamples family(
            String suffix,
            Type type,
            String help,
            Map<String, BfdStatus> sessions,
            ToDoubleFunction<BfdStatus> value) {
        String name = "metallb_bfd_" + suffix;
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        sessions.forEach((peer, session) ->
                samples.add(
                        new MetricFamilySamples.Sample(
                                name, LABELS, List.of(peer, VRF), value.applyAsDouble(session))));
        return new MetricFamilySamples(name, type, help, samples);
    }

    /// One session for each address: two samples of one name would spoil the whole scrape.
    private static Map<String, BfdStatus> byPeer(List<BfdStatus> sessions) {
        Map<String, BfdStatus> byPeer = new LinkedHashMap<>();
        sessions.forEach(
                session -> byPeer.putIfAbsent(session.path().remote().toString(), session));
        return byPeer;
    }
}

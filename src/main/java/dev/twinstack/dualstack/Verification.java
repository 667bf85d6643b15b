package dev.twinstack.dualstack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What was measured in a cluster that is to be dual-stack, and what it says. Pure.
///
/// @param dryRun the cluster IPs that a RequireDualStack Service would get, or why it gets none
/// @param service the cluster IPs that a real one has
/// @param probes one pod a node, by the name of the node
/// @param fetches what the probes fetched of each other
/// @param older the pods that were there before, and have one address
public record Verification(
        Addresses dryRun,
        List<String> service,
        Map<String, Probe> probes,
        List<Fetch> fetches,
        List<String> older) {

    /// @param trouble why there are none; empty if there are
    public record Addresses(List<String> addresses, String trouble) {}

    /// @param addresses of the pod; empty if it does not run
    public record Probe(String pod, List<String> addresses, String trouble) {}

    /// One try from a node. @param trouble empty if it was answered
    public record Fetch(String node, Target target, String address, String trouble) {}

    /// What was tried to reach.
    public enum Target {
        CLUSTER_IP,
        POD_ON_OTHER_NODE
    }

    /// One line. @param measured what was measured, with figures
    public record Line(String name, Verdict verdict, String measured) {}

    public enum Verdict {
        OK,
        FAILED,
        NOT_MEASURED
    }

    /// Every line, in the order in which things depend on each other.
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(apiServer());
        probes.forEach((node, probe) -> lines.add(pod(node, probe)));
        lines.add(
                isBoth(service)
                        ? line("Service", Verdict.OK, "a RequireDualStack Service has " + service)
                        : line(
                                "Service",
                                Verdict.FAILED,
                                "a RequireDualStack Service has " + service));
        lines.addAll(fetched(Target.CLUSTER_IP, "kube-proxy"));
        lines.addAll(fetched(Target.POD_ON_OTHER_NODE, "pods across nodes"));
        if (!older.isEmpty()) {
            lines.add(
                    line(
                            "older pods",
                            Verdict.FAILED,
                            "%d pods have one address, recreate them: %s"
                                    .formatted(older.size(), shortened(older))));
        }
        return lines;
    }

    /// Whether every line is good; what could not be measured is not.
    public static boolean holds(List<Line> lines) {
        return lines.stream().allMatch(line -> line.verdict() == Verdict.OK);
    }

    private Line apiServer() {
        return isBoth(dryRun.addresses())
                ? line(
                        "API server",
                        Verdict.OK,
                        "a RequireDualStack Service would get " + dryRun.addresses())
                : line(
                        "API server",
                        Verdict.FAILED,
                        dryRun.trouble().isEmpty()
                                ? "a RequireDualStack Service would get " + dryRun.addresses()
                                : dryRun.trouble());
    }

    private static Line pod(String node, Probe probe) {
        if (probe.addresses().isEmpty()) {
            return line("pod on " + node, Verdict.NOT_MEASURED, probe.trouble());
        }
        return line(
                "pod on " + node,
                isBoth(probe.addresses()) ? Verdict.OK : Verdict.FAILED,
                "a new pod has " + probe.addresses());
    }

    /// One line a node and family.
    private List<Line> fetched(Target target, String name) {
        Map<String, List<Fetch>> byNode = new TreeMap<>();
        fetches.stream()
                .filter(fetch -> fetch.target() == target)
                .forEach(fetch ->
                        byNode.computeIfAbsent(
                                        fetch.node() + " " + family(fetch.address()),
                                        key -> new ArrayList<>())
                                .add(fetch));
        if (byNode.isEmpty()) {
            return List.of(
                    line(
                            name,
                            Verdict.NOT_MEASURED,
                            target == Target.POD_ON_OTHER_NODE && probes.size() == 1
                                    ? "there is one node only"
                                    : "no pod could be asked"));
        }
        return byNode.entrySet().stream()
                .map(entry -> fetched(name + " from " + entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Line fetched(String name, List<Fetch> tries) {
        Optional<Fetch> failed = tries.stream().filter(t -> !t.trouble().isEmpty()).findFirst();
        String all = tries.stream().map(Fetch::address).collect(Collectors.joining(", "));
        return failed.map(fetch ->
                        line(
                                name,
                                Verdict.FAILED,
                                "%s did not answer: %s"
                                        .formatted(fetch.address(), fetch.trouble())))
                .orElseGet(() -> line(name, Verdict.OK, all + " answered"));
    }

    private static boolean isBoth(List<String> addresses) {
        return addresses.stream().map(Verification::family).distinct().count() == 2;
    }

    private static String family(String address) {
        return address.contains(":") ? "over IPv6" : "over IPv4";
    }

    private static String shortened(List<String> names) {
        return names.size() <= 5
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 5)) + ", ...";
    }

    private static Line line(String name, Verdict verdict, String measured) {
        return new Line(name, verdict, measured);
    }
}

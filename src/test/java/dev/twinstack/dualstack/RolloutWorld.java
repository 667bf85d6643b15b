package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.crd.DualStackNodeSpec;
import dev.twinstack.crd.DualStackNodeStatus;
import dev.twinstack.crd.DualStackSpec;
import dev.twinstack.dualstack.Rollout.Progress;
import dev.twinstack.dualstack.Rollout.Situation;
import dev.twinstack.dualstack.args.ArgsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A cluster in values, with real files: a leader, node-config and MicroK8s' launcher on each node,
/// five seconds a step. What happens is kept as lines, in order.
final class RolloutWorld {

    private static final NodeConversion.Limits LIMITS =
            new NodeConversion.Limits(Duration.ofMinutes(2), Duration.ofMinutes(5));

    final List<String> history = new ArrayList<>();

    /// Nodes whose kubelite does not come up with two ranges.
    final Set<String> broken = new HashSet<>();

    /// Nodes whose kubelite takes its time.
    final Set<String> slow = new HashSet<>();

    /// Nodes whose agent takes no file.
    final Set<String> deaf = new HashSet<>();

    /// Nodes on which node-config does not run.
    final Set<String> silent = new HashSet<>();

    private final Path root;
    private final Map<String, Host> hosts = new TreeMap<>();
    private final Map<String, NodeFindings> nodes = new TreeMap<>();
    private List<JsonNode> objects;
    private Optional<ClusterObjects> backup = Optional.empty();
    private DualStackSpec wanted = DualStackSpec.DEFAULT;
    private long attempt;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Progress progress = new Progress(RolloutPhase.LOOKING, "", now, 0);
    private @Nullable Plan plan;

    /// One node: its directories and what runs on it.
    private static final class Host {
        final LauncherStandIn launcher;
        final NodeDirectory directory;
        NodeState state;
        Map<String, String> running;
        DualStackNodeSpec order = DualStackNodeSpec.LOOK;
        long generation;
        DualStackNodeSpec taken = DualStackNodeSpec.LOOK;
        long takenGeneration;
        @Nullable DualStackNodeStatus status;

        Host(Path snap, NodeFindings found, Instant now) throws IOException {
            this.launcher = new LauncherStandIn(snap);
            this.directory = new NodeDirectory(snap, snap.resolve("common/etc/launcher"));
            this.state = NodeState.observed(now);
            this.running = found.args();
            for (Map.Entry<String, String> file : found.args().entrySet()) {
                Path path = snap.resolve("current/args").resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        }
    }

    RolloutWorld(Path root, ClusterFindings findings) throws IOException {
        this.root = root;
        this.objects = new ArrayList<>(findings.objects().all());
        for (NodeFindings node : findings.nodes()) {
            join(node);
        }
    }

    void join(NodeFindings node) throws IOException {
        nodes.put(node.name(), node);
        hosts.put(node.name(), new Host(root.resolve(node.name()), node, now));
    }

    /// A person writes the wish.
    void want(DualStackSpec.Mode mode, boolean force) {
        wanted = new DualStackSpec(null, null, null, null, false, mode, force, 0);
        attempt++;
    }

    private Host host(String name) {
        return Objects.requireNonNull(hosts.get(name));
    }

    /// For so long, or until it has come to rest.
    void run(Duration time) throws IOException {
        Instant end = now.plus(time);
        int still = 0;
        while (now.isBefore(end) && still < 5) {
            now = now.plusSeconds(5);
            Progress last = progress;
            lead();
            still = progress.equals(last) && !progress.phase().isUnderWay() ? still + 1 : 0;
            for (String name : hosts.keySet()) {
                node(name);
            }
        }
    }

    /// The leader is another one from here on.
    void restartLeader() {
        plan = null;
    }

    Progress progress() {
        return progress;
    }

    @Nullable Plan plan() {
        return plan;
    }

    Map<String, String> args(String node) throws IOException {
        return host(node).directory.args();
    }

    DualStackNodeStatus.@Nullable Stage stage(String node) {
        DualStackNodeStatus status = host(node).status;
        return status == null ? null : status.stage();
    }

    void replaceObjects(List<JsonNode> others) {
        objects = new ArrayList<>(others);
    }

    ClusterObjects objects() {
        return new ClusterObjects(objects);
    }

    private void lead() {
        Rollout.Turn turn =
                Rollout.next(
                        new Situation(
                                wanted, attempt, findings(), backup, reports(), progress, now));
        if (turn.progress().phase() != progress.phase()) {
            history.add("phase " + turn.progress().phase());
        }
        progress = turn.progress();
        plan = turn.plan();
        turn.actions().forEach(this::act);
    }

    private void act(RolloutAction action) {
        switch (action) {
            case RolloutAction.Order order -> {
                Host host = host(order.node());
                host.order = order.spec();
                host.generation++;
            }
            case RolloutAction.Change change -> {
                history.add("change " + change.edit().object());
                objects.removeIf(o -> Step.ObjectName.of(o).equals(change.edit().object()));
                if (change.edit().after() != null) {
                    objects.add(change.edit().after());
                }
            }
            case RolloutAction.KeepObjects kept -> {
                history.add("keep objects");
                backup = Optional.of(new ClusterObjects(kept.objects()));
            }
            case RolloutAction.RenewServiceCidr _ -> {
                history.add("renew ServiceCIDR");
                objects.removeIf(o -> o.path("kind").asText().equals("ServiceCIDR"));
            }
        }
    }

    private void node(String name) throws IOException {
        Host host = host(name);
        if (!deaf.contains(name)) {
            int before = host.launcher.restarts();
            host.launcher.poll();
            if (host.launcher.restarts() > before) {
                history.add("restart " + name);
                host.running = host.directory.args();
            }
        }
        if (silent.contains(name)) {
            return;
        }
        if (NodeConversion.takesOrders(host.state)) {
            host.taken = host.order;
            host.takenGeneration = host.generation;
        }
        NodeConversion.Turn turn =
                NodeConversion.next(
                        name,
                        host.taken,
                        host.takenGeneration,
                        host.state,
                        seen(name),
                        LIMITS,
                        now);
        host.state = turn.next();
        host.directory.save(host.state);
        for (NodeAction action : turn.actions()) {
            host.directory.carryOut(action);
        }
        NodeState state = host.state;
        host.status =
                new DualStackNodeStatus(
                        state.generation(),
                        state.stage(),
                        state.since().toString(),
                        state.message(),
                        state.attempt(),
                        host.directory.args(),
                        null,
                        "",
                        host.directory.backup());
    }

    private NodeConversion.Seen seen(String name) throws IOException {
        Host host = host(name);
        return new NodeConversion.Seen(
                host.directory.args(),
                host.directory.backup(),
                host.directory.before(),
                Objects.requireNonNull(nodes.get(name)).facts(),
                host.directory.extraSans(),
                host.directory.dropIn(host.state.file()),
                health(name));
    }

    private NodeHealth health(String name) {
        Host host = host(name);
        String ranges = flag(host.running, "kube-proxy", "--cluster-cidr");
        boolean down = broken.contains(name) && ranges.contains(",");
        return down || slow.contains(name)
                ? new NodeHealth("connection refused", null, null, "connection refused")
                : new NodeHealth("", ranges, null, "");
    }

    private Map<String, NodeReport> reports() {
        Map<String, NodeReport> reports = new TreeMap<>();
        hosts.forEach((name, host) -> {
            String range = flag(host.running, "kube-apiserver", "--service-cluster-ip-range");
            boolean dual = wanted.mode() != DualStackSpec.Mode.UNDO;
            if (host.generation > 0) {
                reports.put(
                        name,
                        new NodeReport(
                                host.order,
                                host.status,
                                host.status != null
                                        && Objects.equals(
                                                host.status.observedGeneration(), host.generation),
                                range.contains(",") == dual ? "" : "other ranges"));
            }
        });
        return reports;
    }

    private ClusterFindings findings() {
        List<NodeFindings> found = new ArrayList<>();
        nodes.forEach((name, node) -> {
            DualStackNodeStatus status = host(name).status;
            found.add(
                    new NodeFindings(
                            name,
                            node.version(),
                            true,
                            node.controlPlane(),
                            node.addresses(),
                            status == null ? Map.of() : status.files(),
                            status == null ? null : node.facts()));
        });
        return new ClusterFindings(found, objects());
    }

    private static String flag(Map<String, String> args, String file, String flag) {
        return new ArgsFile(args.getOrDefault(file, "")).value(flag).orElse("");
    }
}

package dev.twinstack.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabMicroK8s;
import dev.twinstack.testing.lab.LabMicroK8s.Result;
import dev.twinstack.testing.lab.LabPods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A cluster of its own, MicroK8s' commands in front of it, and this repository as an addon
/// repository that was added.
final class AddonWorld implements AutoCloseable {

    static final String NAMESPACE = "metallb-system";

    private static final Path RESOURCES = Path.of("src/test/resources/addon");

    private final LabCluster cluster;
    private final LabPods pods;
    private final LabMicroK8s microk8s;

    private AddonWorld(LabCluster cluster, LabPods pods, LabMicroK8s microk8s) {
        this.cluster = cluster;
        this.pods = pods;
        this.microk8s = microk8s;
    }

    static AddonWorld start() throws IOException, InterruptedException {
        LabCluster cluster = LabCluster.start("10.152.183.0/24,fd98::/108");
        AddonWorld world = new AddonWorld(cluster, LabPods.on(cluster), LabMicroK8s.on(cluster));
        Path repository = world.repository();
        assertThat(world.microk8s.run("addons", "repo", "add", "ours", repository.toString()))
                .isEqualTo(new Result(0, ""));
        return world;
    }

    LabCluster cluster() {
        return cluster;
    }

    LabMicroK8s microk8s() {
        return microk8s;
    }

    /// `microk8s enable ours/twinstack WORD...`.
    Result enable(String... words) {
        return microk8s.run(
                Stream.concat(Stream.of("enable", "ours/twinstack"), Stream.of(words))
                        .toArray(String[]::new));
    }

    Result disable(String... words) {
        return microk8s.run(
                Stream.concat(Stream.of("disable", "ours/twinstack"), Stream.of(words))
                        .toArray(String[]::new));
    }

    String kubectl(String... words) {
        return cluster.kubectl().run(words).orFail().out().strip();
    }

    /// What the program or its addon has in the cluster; the users' objects don't count.
    List<String> own() {
        String everything =
                kubectl(
                        "get",
                        "clusterroles,clusterrolebindings,mutatingwebhookconfigurations,"
                                + "validatingwebhookconfigurations,deployments,daemonsets,services,"
                                + "serviceaccounts,roles,rolebindings,leases,pods,namespaces",
                        "--all-namespaces",
                        "-o",
                        "name");
        return everything
                .lines()
                .filter(name -> name.contains("twinstack") || name.endsWith("-webhook"))
                .toList();
    }

    List<String> kinds() {
        return kubectl("get", "crd", "-o", "name").lines().toList();
    }

    /// MetalLB, with a Service that has an address of it.
    void installMetalLb() {
        kubectl("apply", "-f", RESOURCES.resolve("metallb-definitions.yaml").toString());
        kubectl("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
        kubectl("apply", "-f", RESOURCES.resolve("metallb.yaml").toString());
        kubectl("-n", NAMESPACE, "rollout", "status", "deployment/controller", "--timeout=60s");
        kubectl("-n", NAMESPACE, "rollout", "status", "daemonset/speaker", "--timeout=60s");
        kubectl(
                "patch",
                "service",
                "web",
                "--subresource=status",
                "--type=merge",
                "--patch",
                "{\"status\": {\"loadBalancer\": {\"ingress\": [{\"ip\": \"192.168.1.240\"}]}}}");
    }

    /// Whatever a test left.
    void clear() {
        if (own().isEmpty() && kinds().isEmpty()) {
            return;
        }
        disable("--without-metallb", "--purge");
        // What the command, not the addon, has installed.
        kubectl(
                "delete",
                "deployments,daemonsets,roles,rolebindings,serviceaccounts,services",
                "--namespace=" + NAMESPACE,
                "--selector=app=twinstack");
        kubectl(
                "delete",
                "clusterroles,clusterrolebindings,mutatingwebhookconfigurations,"
                        + "validatingwebhookconfigurations,namespaces",
                "--selector=app=twinstack");
        for (String kind : List.of("daemonset/speaker", "deployment/controller")) {
            kubectl("-n", NAMESPACE, "delete", kind, "--ignore-not-found");
        }
        kubectl(
                "delete",
                "validatingwebhookconfiguration",
                "metallb-webhook-configuration",
                "--ignore-not-found");
        kubectl("delete", "service", "web", "--ignore-not-found");
        kinds().stream()
                .filter(name -> name.endsWith(".metallb.io") || name.endsWith(".twinstack.dev"))
                .forEach(name -> kubectl("delete", name));
        kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found", "--timeout=30s");
    }

    @Override
    public void close() {
        pods.close();
        cluster.close();
    }

    /// What is checked out, as a repository with one commit.
    private Path repository() throws IOException, InterruptedException {
        Path directory = Files.createDirectories(cluster.directory().resolve("repository"));
        run(
                cluster.directory(),
                "cp",
                "-a",
                absolute("addon"),
                absolute("addons"),
                absolute("addons.yaml"),
                directory.toString());
        run(directory, "git", "init", "--quiet");
        run(directory, "git", "add", "--all");
        run(
                directory,
                "git",
                "-c",
                "user.name=test",
                "-c",
                "user.email=test@example.com",
                "commit",
                "--quiet",
                "--message=all");
        return directory;
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().toString();
    }

    private static void run(Path directory, String... command)
            throws IOException, InterruptedException {
        int code =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .inheritIO()
                        .start()
                        .waitFor();
        assertThat(code).as(String.join(" ", command)).isZero();
    }
}

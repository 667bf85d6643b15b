package dev.twinstack.testing.lab;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A dual-stack Kubernetes control plane of its own: etcd, kube-apiserver, an administrator.
public final class LabCluster implements AutoCloseable {

    private final Path directory;
    private final LabBinaries binaries;
    private final ControlPlane controlPlane;
    private final Path adminKubeconfig;
    private final KubernetesClient client;

    private LabCluster(Path directory, LabBinaries binaries, ControlPlane controlPlane) {
        this.directory = directory;
        this.binaries = binaries;
        this.controlPlane = controlPlane;
        this.adminKubeconfig = kubeconfig("admin", ControlPlane.ADMIN_TOKEN);
        this.client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(adminKubeconfig.toFile()))
                        .build();
    }

    /// Starts everything and returns when the API server is ready (some 3 to 10 seconds).
    public static LabCluster start() {
        return start(ControlPlane.BOTH_FAMILIES);
    }

    /// The same with another `--service-cluster-ip-range`.
    public static LabCluster start(String serviceRange) {
        LabBinaries binaries = LabBinaries.find();
        Path directory = newDirectory();
        ControlPlane controlPlane = ControlPlane.start(binaries, directory, serviceRange);
        try {
            return new LabCluster(directory, binaries, controlPlane);
        } catch (RuntimeException e) {
            controlPlane.close();
            throw e;
        }
    }

    /// A client with all rights; closed with the cluster.
    public KubernetesClient client() {
        return client;
    }

    public Kubectl kubectl() {
        return new Kubectl(binaries.path("kubectl"), adminKubeconfig);
    }

    /// Where this cluster's files and logs are.
    public Path directory() {
        return directory;
    }

    public Path adminKubeconfig() {
        return adminKubeconfig;
    }

    public String server() {
        return controlPlane.server();
    }

    /// A kubeconfig with the rights of a service account and no others.
    public Path serviceAccountKubeconfig(String namespace, String name) {
        String token =
                kubectl()
                        .run("create", "token", name, "-n", namespace, "--duration=1h")
                        .orFail()
                        .out()
                        .strip();
        return kubeconfig(namespace + "-" + name, token);
    }

    /// Stops and starts the API server on the same data and port.
    public void restartApiServer() {
        controlPlane.restartApiServer();
    }

    /// The same, from now on with another `--service-cluster-ip-range`.
    public void restartApiServer(String serviceRange) {
        controlPlane.restartApiServer(serviceRange);
    }

    /// Ends the API server for somebody else to run it. @return the shell command for that, which
    /// takes its `--service-cluster-ip-range` from `$KUBE_APISERVER_ARGS`
    public String handOverApiServer() {
        return controlPlane.handOverApiServer();
    }

    /// Waits until an API server answers on this cluster's port, whoever runs it.
    public void awaitApiServer() {
        controlPlane.awaitReadyz();
    }

    /// The API server keeps its connections and does nothing.
    public void pauseApiServer() {
        controlPlane.pauseApiServer();
    }

    public void resumeApiServer() {
        controlPlane.resumeApiServer();
    }

    @Override
    public void close() {
        client.close();
        controlPlane.close();
    }

    private Path kubeconfig(String user, String token) {
        Path file = directory.resolve(user + ".kubeconfig");
        String text =
                """
                apiVersion: v1
                kind: Config
                current-context: lab
                clusters:
                - name: lab
                  cluster: {server: "%s", certificate-authority: "%s"}
                users:
                - name: user
                  user: {token: "%s"}
                contexts:
                - name: lab
                  context: {cluster: lab, user: user}
                """
                        .formatted(server(), controlPlane.certificateAuthority(), token);
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newDirectory() {
        try {
            Path parent = Files.createDirectories(Path.of("target", "lab").toAbsolutePath());
            return Files.createTempDirectory(parent, "cluster");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> logs() {
        return controlPlane.logs();
    }
}

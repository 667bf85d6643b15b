package dev.twinstack.testing.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// etcd and kube-apiserver in their smallest form: loopback only, a token for the administrator,
/// RBAC.
final class ControlPlane implements AutoCloseable {

    static final String ADMIN_TOKEN = "admin-token";
    static final String BOTH_FAMILIES = "10.152.0.0/16,fd98::/108";
    private static final Duration STARTUP = Duration.ofSeconds(90);

    private final LabBinaries binaries;
    private final Path directory;
    private final int etcdPort = Ports.free();
    private final int etcdPeerPort = Ports.free();
    private final int apiPort = Ports.free();
    private final LabProcess etcd;
    private String serviceRange;
    private LabProcess apiServer;

    private ControlPlane(LabBinaries binaries, Path directory, String serviceRange) {
        this.binaries = binaries;
        this.directory = directory;
        this.serviceRange = serviceRange;
        ServiceAccountKey.write(directory.resolve("sa.key"));
        writeTokens();
        this.etcd = startEtcd();
        this.apiServer = startApiServer();
    }

    static ControlPlane start(LabBinaries binaries, Path directory, String serviceRange) {
        ControlPlane controlPlane = new ControlPlane(binaries, directory, serviceRange);
        try {
            controlPlane.awaitReady();
        } catch (RuntimeException | AssertionError e) {
            controlPlane.close();
            throw e;
        }
        return controlPlane;
    }

    String server() {
        return "https://127.0.0.1:" + apiPort;
    }

    Path certificateAuthority() {
        return directory.resolve("apiserver.crt");
    }

    /// Ends the API server. @return the shell command that goes on with it, on the same data and
    /// port; its `--service-cluster-ip-range` is that of `$KUBE_APISERVER_ARGS`
    String handOverApiServer() {
        apiServer.stop();
        List<String> flags = apiServerCommand(serviceRange);
        return String.join(" ", flags.subList(0, flags.size() - 1))
                + " $(printf '%s\\n' $KUBE_APISERVER_ARGS | grep ^--service-cluster-ip-range=)";
    }

    void restartApiServer(String newServiceRange) {
        serviceRange = newServiceRange;
        restartApiServer();
    }

    void restartApiServer() {
        apiServer.stop();
        apiServer = startApiServer();
        awaitReady();
    }

    void pauseApiServer() {
        apiServer.pause();
    }

    void resumeApiServer() {
        apiServer.resume();
    }

    List<String> logs() {
        return List.of(etcd.log().toString(), apiServer.log().toString());
    }

    @Override
    public void close() {
        apiServer.stop();
        etcd.stop();
    }

    /// Waits for whoever runs the API server now.
    void awaitReadyz() {
        await("kube-apiserver is ready")
                .atMost(STARTUP)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> HttpsProbe.answersOk(server() + "/readyz", certificateAuthority()));
    }

    private void awaitReady() {
        await("kube-apiserver is ready, log " + apiServer.log())
                .atMost(STARTUP)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    etcd.assertAlive();
                    apiServer.assertAlive();
                    return Files.exists(certificateAuthority())
                            && HttpsProbe.answersOk(server() + "/readyz", certificateAuthority());
                });
    }

    private LabProcess startEtcd() {
        String client = "http://127.0.0.1:" + etcdPort;
        String peer = "http://127.0.0.1:" + etcdPeerPort;
        return LabProcess.start(
                "etcd",
                directory,
                List.of(
                        binaries.path("etcd"),
                        "--data-dir=" + directory.resolve("etcd"),
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=default=" + peer,
                        "--unsafe-no-fsync"),
                Map.of());
    }

    private LabProcess startApiServer() {
        return LabProcess.start(
                "kube-apiserver", directory, apiServerCommand(serviceRange), Map.of());
    }

    /// The range comes last.
    private List<String> apiServerCommand(String range) {
        String key = directory.resolve("sa.key").toString();
        return List.of(
                binaries.path("kube-apiserver"),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--cert-dir=" + directory,
                "--bind-address=127.0.0.1",
                "--secure-port=" + apiPort,
                "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key,
                "--token-auth-file=" + directory.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--disable-admission-plugins=ServiceAccount",
                "--service-cluster-ip-range=" + range);
    }

    private void writeTokens() {
        try {
            Files.writeString(
                    directory.resolve("tokens.csv"), ADMIN_TOKEN + ",admin,admin,system:masters\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

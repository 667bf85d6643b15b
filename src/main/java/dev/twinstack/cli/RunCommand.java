package dev.twinstack.cli;

import dev.twinstack.operator.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `twinstack run`: one process of a role, until it is told to stop.
@Command(
        name = "run",
        description = "Runs one process of a role until it is told to stop.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack run --role controller",
            "  twinstack run --role speaker --node-name node-1",
            "  twinstack run --role all --kubeconfig admin.conf --node-name node-1"
        })
final class RunCommand implements Callable<Integer> {

    private static final String ALL_ROLES = "controller, speaker, node-config or all";

    @Option(names = "--role", required = true, description = "What this process does: " + ALL_ROLES)
    private Role role = Role.ALL;

    @Option(
            names = "--namespace",
            defaultValue = "${env:METALLB_NAMESPACE:-metallb-system}",
            description = "Namespace of the configuration (METALLB_NAMESPACE; ${DEFAULT-VALUE})")
    private String namespace = "";

    @Option(
            names = "--node-name",
            defaultValue = "${env:METALLB_NODE_NAME:-${env:NODE_NAME}}",
            description = "Name of this node; a speaker needs it (METALLB_NODE_NAME, NODE_NAME)")
    private @Nullable String nodeName;

    @Option(
            names = "--pod-name",
            defaultValue = "${env:POD_NAME:-${env:METALLB_POD_NAME}}",
            description = "Name of this pod (POD_NAME, METALLB_POD_NAME)")
    private @Nullable String podName;

    @Option(
            names = "--kubeconfig",
            defaultValue = "${env:KUBECONFIG}",
            description = "How to reach the cluster; without it as its pod (KUBECONFIG)")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--lb-class",
            description = "Serve only Services of this spec.loadBalancerClass, not those without")
    private @Nullable String lbClass;

    @Option(
            names = "--ignore-exclude-lb",
            description =
                    "Announce from nodes labelled"
                            + " node.kubernetes.io/exclude-from-external-load-balancers too")
    private boolean ignoreExcludeLb;

    @Option(
            names = {"--http-port", "--port"},
            defaultValue = "7472",
            description = "Port for health, metrics and the API (${DEFAULT-VALUE})")
    private int httpPort;

    @Option(
            names = "--webhook-port",
            defaultValue = "9443",
            description = "Port of the webhooks (${DEFAULT-VALUE})")
    private int webhookPort;

    @Option(
            names = "--webhook-name",
            paramLabel = "NAME",
            description =
                    "Another host name or address the webhooks' certificate is good for, where the"
                            + " API server is told a URL; may be repeated")
    private List<String> webhookNames = List.of();

    @Option(
            names = "--log-level",
            defaultValue = "info",
            description = "debug, info, warn or error (${DEFAULT-VALUE})")
    private LogLevel logLevel = LogLevel.INFO;

    @Option(
            names = "--lease-duration",
            defaultValue = "15s",
            description = "Others take over a lease not renewed for so long (${DEFAULT-VALUE})")
    private Duration leaseDuration = Duration.ZERO;

    @Option(
            names = "--lease-renew-deadline",
            defaultValue = "10s",
            description = "A leader that can't renew for so long steps down (${DEFAULT-VALUE})")
    private Duration leaseRenewDeadline = Duration.ZERO;

    @Option(
            names = "--lease-retry-period",
            defaultValue = "2s",
            description = "Pause between two looks at the lease (${DEFAULT-VALUE})")
    private Duration leaseRetryPeriod = Duration.ZERO;

    @Option(
            names = "--restart-deadline",
            defaultValue = "5m",
            description =
                    "Role node-config: a node that is not back with new settings for so long gets its"
                            + " old ones again (${DEFAULT-VALUE})")
    private Duration restartDeadline = Duration.ZERO;

    @Option(
            names = "--root",
            hidden = true,
            description = "Role node-config: the root of the host's files")
    private Path root = Path.of("/");

    @Override
    public Integer call() {
        check();
        return QuarkusLaunch.run(properties());
    }

    private void check() {
        if (role == Role.ROUTER) {
            throw new WrongUseException("--role must be " + ALL_ROLES);
        }
        if ((role.speaks() || role == Role.NODE_CONFIG) && isAbsent(nodeName)) {
            throw new WrongUseException(
                    "role "
                            + role
                            + " needs --node-name or METALLB_NODE_NAME: the node it runs on");
        }
        if (leaseRetryPeriod.compareTo(leaseRenewDeadline) >= 0
                || leaseRenewDeadline.compareTo(leaseDuration) >= 0) {
            throw new WrongUseException(
                    "lease times must grow: retry period < renew deadline < duration");
        }
        if (kubeconfig != null && !kubeconfig.toString().isEmpty()) {
            KubeconfigCheck.check(kubeconfig);
        }
    }

    /// The runtime configuration that this command line means.
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("twinstack.role", role.toString());
        properties.put("twinstack.namespace", namespace);
        putIfPresent(properties, "twinstack.node-name", nodeName);
        putIfPresent(properties, "twinstack.pod-name", podName);
        putIfPresent(properties, "twinstack.lb-class", lbClass);
        properties.put("twinstack.ignore-exclude-lb", Boolean.toString(ignoreExcludeLb));
        properties.put("twinstack.webhook-port", Integer.toString(webhookPort));
        putIfPresent(properties, "twinstack.webhook-names", String.join(",", webhookNames));
        properties.put("twinstack.lease.duration", leaseDuration.toString());
        properties.put("twinstack.lease.renew-deadline", leaseRenewDeadline.toString());
        properties.put("twinstack.lease.retry-period", leaseRetryPeriod.toString());
        properties.put("twinstack.node-config.restart-deadline", restartDeadline.toString());
        properties.put("twinstack.node-config.root", root.toString());
        properties.put("quarkus.http.port", Integer.toString(httpPort));
        properties.put("quarkus.log.category.\"dev.twinstack\".level", logLevel.name());
        if (kubeconfig != null && !kubeconfig.toString().isEmpty()) {
            properties.put("kubeconfig", kubeconfig.toAbsolutePath().toString());
        }
        return properties;
    }

    private static void putIfPresent(
            Map<String, String> properties, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            properties.put(key, value);
        }
    }

    private static boolean isAbsent(@Nullable String value) {
        return value == null || value.isEmpty();
    }

    /// The log levels of MetalLB's flag that make sense here.
    enum LogLevel {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}

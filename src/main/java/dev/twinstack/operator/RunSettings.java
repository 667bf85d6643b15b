package dev.twinstack.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// How this process was started: what `twinstack run` was told, as runtime configuration.
@ConfigMapping(prefix = "twinstack")
public interface RunSettings {

    Role role();

    /// The namespace of the configuration objects, and the program's own.
    @WithDefault("metallb-system")
    String namespace();

    /// The node this process runs on; the speaker needs it.
    Optional<String> nodeName();

    /// The pod this process runs in; absent outside a cluster.
    Optional<String> podName();

    /// With it only Services of exactly this class are ours, without it only those without a class.
    Optional<String> lbClass();

    /// Whether nodes labelled to stay out of load balancers announce all the same.
    @WithDefault("false")
    boolean ignoreExcludeLb();

    /// The file of the role `router`, which has no other settings.
    Optional<Path> routerConfig();

    @WithDefault("9443")
    int webhookPort();

    /// What the webhooks' certificate has to be good for beside their Service: host names and
    /// addresses of API servers that are told a URL.
    Optional<Set<String>> webhookNames();

    /// How long the webhook's answer is kept for a Service that has not shown up yet.
    @WithDefault("10s")
    Duration reservation();

    Lease lease();

    NodeConfig nodeConfig();

    /// The role `node-config`.
    interface NodeConfig {

        /// The root of the host's files; another tree in tests.
        @WithDefault("/")
        Path root();

        /// Pause between two looks at the node.
        @WithDefault("5s")
        Duration poll();

        /// How long MicroK8s' agent has to take a launch configuration.
        @WithDefault("2m")
        Duration appliedDeadline();

        /// How long kubelite has to come back, before the node gets its old settings again.
        @WithDefault("5m")
        Duration restartDeadline();
    }

    /// The election of the one controller that decides.
    interface Lease {

        @WithDefault("twinstack-controller")
        String name();

        /// Others take over when the lease was not renewed for so long.
        @WithDefault("15s")
        Duration duration();

        /// The leader stops deciding when it could not renew for so long; shorter than the
        /// duration.
        @WithDefault("10s")
        Duration renewDeadline();

        @WithDefault("2s")
        Duration retryPeriod();
    }
}

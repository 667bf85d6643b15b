package dev.twinstack.dualstack;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a node's own components answered on their loopback ports.
///
/// @param apiServer what its API server's `/readyz` lacks; empty if it is ready, or the node has
///   none
/// @param proxyConfig kube-proxy's configuration in force (`/configz`), null if it can't be had
/// @param started when the process started (`/metrics`), null if it can't be had
/// @param trouble why there is neither
public record NodeHealth(
        String apiServer, @Nullable String proxyConfig, @Nullable Instant started, String trouble) {

    /// What keeps it from being in force; empty if nothing does.
    ///
    /// @param written when the flags were written: a process that has started since has read them
    Optional<String> lacks(String podsIpv4, String podsIpv6, boolean dual, Instant written) {
        if (!apiServer.isEmpty()) {
            return Optional.of("its API server is not ready: " + apiServer);
        }
        if (proxyConfig != null) {
            boolean both = proxyConfig.contains(podsIpv6);
            return proxyConfig.contains(podsIpv4) && both == dual
                    ? Optional.empty()
                    : Optional.of("its kube-proxy runs with other ranges than were written");
        }
        if (started != null) {
            return started.isBefore(written.minusSeconds(1))
                    ? Optional.of("kubelite has not restarted since the flags were written")
                    : Optional.empty();
        }
        return Optional.of("its kube-proxy does not answer: " + trouble);
    }
}

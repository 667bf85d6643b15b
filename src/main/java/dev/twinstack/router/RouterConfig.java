package dev.twinstack.router;

import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bgp.RouterSettings;
import java.util.List;

/// What the `router` role was told in its file.
///
/// @param bfd the sessions that watch the paths to peers
/// @param httpPort of the page with the table
public record RouterConfig(RouterSettings settings, List<BfdSettings> bfd, int httpPort) {

    public static final int DEFAULT_HTTP_PORT = 7480;

    public RouterConfig {
        bfd = List.copyOf(bfd);
    }
}

package dev.twinstack.router;

import dev.twinstack.bgp.RouterSettings;

/// What the `router` role was told in its file.
///
/// @param httpPort of the page with the table
public record RouterConfig(RouterSettings settings, int httpPort) {

    public static final int DEFAULT_HTTP_PORT = 7480;
}

package dev.twinstack.operator.speaker;

import dev.twinstack.bgp.Restart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How long the node has been up. A started speaker counts as restarted: it can't know better, and
/// a peer that never heard of it makes nothing of it.
final class HostUptime {

    private HostUptime() {}

    static Restart restart() {
        try {
            return restart(Files.readString(Path.of("/proc/uptime")));
        } catch (IOException e) {
            return restart("0");
        }
    }

    /// @param text seconds with a fraction, then something else
    static Restart restart(String text) {
        String seconds = text.strip().split("[ .]", 2)[0];
        return new Restart(true, Duration.ofSeconds(Long.parseLong(seconds)));
    }
}

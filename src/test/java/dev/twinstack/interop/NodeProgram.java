package dev.twinstack.interop;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.BgpSpeaker;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Restart;
import dev.twinstack.net.IpFamily;
import dev.twinstack.testing.lab.LabProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// A node's speaker as a process of its own, for tests that kill it. It announces the prefixes of
/// its sessions and says of itself that it may have run before.
final class NodeProgram {

    private static final Restart AGAIN = new Restart(true, Duration.ofHours(1));

    private NodeProgram() {}

    /// @param router its address, for all sessions
    static LabProcess start(Path directory, String router, List<Session> sessions) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                System.getProperty("java.home") + "/bin/java",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                NodeProgram.class.getName(),
                                router));
        sessions.forEach(session -> command.add(text(session)));
        return LabProcess.start("node", directory, command, Map.of());
    }

    private static String text(Session session) {
        return session.node() + ":" + session.has(Trait.GRACEFUL_RESTART);
    }

    private static Session session(String text) {
        String[] parts = text.split(":", 2);
        Session session = Session.over(IpFamily.IPV4, Integer.parseInt(parts[0]));
        return Boolean.parseBoolean(parts[1]) ? session.with(Trait.GRACEFUL_RESTART) : session;
    }

    public static void main(String[] arguments) throws InterruptedException {
        String router = arguments[0];
        List<Session> sessions =
                Arrays.stream(arguments).skip(1).map(NodeProgram::session).toList();
        try (BgpSpeaker speaker = new BgpSpeaker(BgpEvents.NONE, AGAIN)) {
            speaker.setPeers(sessions.stream().map(session -> settings(session, router)).toList());
            for (Session session : sessions) {
                speaker.setRoutes(name(session), session.announcement(), Set.of());
            }
            new CountDownLatch(1).await();
        }
    }

    private static PeerSettings settings(Session session, String router) {
        return session.settings(name(session), router);
    }

    private static String name(Session session) {
        return "node-" + session.node();
    }
}

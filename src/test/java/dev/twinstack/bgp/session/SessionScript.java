package dev.twinstack.bgp.session;

import dev.twinstack.bgp.GracefulRestart;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.PeerSettingsBuilder;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.Role;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.Octets;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Runs a script of events through [SessionFsm] in virtual time and writes down what comes of each.
///
/// Lines of events stand at the margin, answers are indented. The first line names the settings; a
/// `#` starts a comment. `wait 30s` lets time pass, with a tick at each deadline on the way.
final class SessionScript {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final StringBuilder out = new StringBuilder();
    private SessionFsm fsm = SessionFsm.of(defaults().build(), () -> -1L, Restart.NONE);
    private Instant now = START;

    /// The script again, with the answers of today.
    static String run(String script) {
        SessionScript run = new SessionScript();
        script.lines().filter(line -> !line.startsWith("  ")).forEach(run::line);
        return run.out.toString();
    }

    private void line(String line) {
        out.append(line).append('\n');
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        List<String> words = Arrays.asList(line.split(" +", -1));
        switch (words.getFirst()) {
            case "peer" -> fsm = SessionFsm.of(settings(words), () -> -1L, restart(words));
            case "wait" -> pass(duration(words.get(1)));
            default -> step(event(words, line));
        }
    }

    private void pass(Duration time) {
        Instant end = now.plus(time);
        for (Optional<Instant> next = fsm.nextDeadline();
                next.isPresent() && !next.get().isAfter(end);
                next = fsm.nextDeadline()) {
            now = next.get();
            out.append("  at ").append(seconds(Duration.between(START, now))).append('\n');
            step(new SessionEvent.Tick());
        }
        now = end;
    }

    private void step(SessionEvent event) {
        Step step = fsm.on(event, now);
        fsm = step.next();
        step.actions()
                .forEach(action -> out.append("    ").append(ScriptText.of(action)).append('\n'));
        out.append("    = ").append(fsm.state());
        if (fsm.rival() != null) {
            out.append(" (").append(fsm.phase().state()).append(" and ");
            out.append(fsm.rival().state()).append(')');
        }
        fsm.nextDeadline()
                .ifPresent(deadline ->
                        out.append(", tick in ").append(seconds(Duration.between(now, deadline))));
        out.append('\n');
    }

    private static SessionEvent event(List<String> words, String line) {
        return switch (words.getFirst()) {
            case "start" -> new SessionEvent.Start();
            case "stop" ->
                    new SessionEvent.Stop(notification(words.get(1)), !words.contains("for-now"));
            case "path-down" -> new SessionEvent.PathDown("BFD: nothing heard for 150 ms");
            case "path-up" -> new SessionEvent.PathUp();
            case "accepted" -> new SessionEvent.Accepted(link(words.get(1)));
            case "connected" -> new SessionEvent.Connected(link(words.get(1)));
            case "failed" ->
                    new SessionEvent.ConnectFailed(
                            link(words.get(1)), ConnectFailure.valueOf(words.get(2)), words.get(2));
            case "closed" -> new SessionEvent.Closed(link(words.get(1)), "connection closed");
            case "malformed" ->
                    new SessionEvent.Malformed(
                            link(words.get(1)), notification(words.get(2)), "octets make no sense");
            case "receive" ->
                    new SessionEvent.Received(
                            link(words.get(1)), ScriptText.message(words.subList(2, words.size())));
            default -> throw new IllegalArgumentException("No such event: " + line);
        };
    }

    private static PeerSettings settings(List<String> words) {
        PeerSettingsBuilder builder = defaults();
        for (String word : words.subList(1, words.size())) {
            String value = word.substring(word.indexOf('=') + 1);
            switch (word.split("=", -1)[0]) {
                case "local-as" -> builder.localAsn(new Asn(Long.parseLong(value)));
                case "peer-as" -> builder.peerAsn(asn(value));
                case "id" -> builder.routerId(IpAddress.parse(value));
                case "hold" -> builder.holdTime(duration(value));
                case "keepalive" -> builder.keepalive(duration(value));
                case "retry" -> builder.connectRetry(duration(value));
                case "families" -> builder.families(families(value));
                case "passive" -> builder.passive(true);
                case "graceful" ->
                        builder.gracefulRestart(
                                new GracefulRestart(duration(value), true, longLived(words)));
                case "role" -> builder.role(Role.valueOf(value.toUpperCase(Locale.ROOT)));
                case "extended-next-hop" -> builder.extendedNextHop(true);
                case "restarted", "long-lived" -> {
                    // see restart and longLived
                }
                default -> throw new IllegalArgumentException("No such setting: " + word);
            }
        }
        return builder.build();
    }

    /// `long-lived=1H`: together with `graceful`.
    private static Optional<Duration> longLived(List<String> words) {
        return words.stream()
                .filter(word -> word.startsWith("long-lived="))
                .map(word -> duration(word.substring(word.indexOf('=') + 1)))
                .findFirst();
    }

    /// `restarted=1H`: the node had been up for an hour.
    private static Restart restart(List<String> words) {
        return words.stream()
                .filter(word -> word.startsWith("restarted="))
                .map(word -> new Restart(true, duration(word.substring(word.indexOf('=') + 1))))
                .findFirst()
                .orElse(Restart.NONE);
    }

    private static PeerSettingsBuilder defaults() {
        return PeerSettings.builder("router", IpAddress.parse("192.0.2.1"))
                .localAsn(new Asn(64512))
                .peerAsn(PeerAsn.exactly(64500))
                .routerId(IpAddress.parse("192.0.2.10"));
    }

    private static PeerAsn asn(String text) {
        return switch (text) {
            case "internal" -> new PeerAsn.Internal();
            case "external" -> new PeerAsn.External();
            default -> PeerAsn.exactly(Long.parseLong(text));
        };
    }

    static EnumSet<IpFamily> families(String text) {
        EnumSet<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        for (String one : text.split(",", -1)) {
            families.add(IpFamily.valueOf(one.toUpperCase(Locale.ROOT)));
        }
        return families;
    }

    /// `6/2`, or with data in hex `2/7/010400020001`.
    static NotificationMessage notification(String text) {
        String[] parts = text.split("/", -1);
        return new NotificationMessage(
                new ErrorCode(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])),
                Octets.parseHex(parts.length > 2 ? parts[2] : ""));
    }

    private static Link link(String text) {
        return text.startsWith("out")
                ? Link.outgoing(Long.parseLong(text.substring(3)))
                : Link.incoming(Long.parseLong(text.substring(2)));
    }

    static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }

    static String seconds(Duration duration) {
        double rounded = Math.round(duration.toNanos() / 1e6) / 1e3;
        return rounded == Math.rint(rounded) ? Math.round(rounded) + " s" : rounded + " s";
    }
}

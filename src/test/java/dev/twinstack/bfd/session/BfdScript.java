package dev.twinstack.bfd.session;

import dev.twinstack.bfd.BfdKey;
import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bfd.BfdState;
import dev.twinstack.bfd.wire.ControlPacket;
import dev.twinstack.bfd.wire.Diagnostic;
import dev.twinstack.bfd.wire.EchoPacket;
import dev.twinstack.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Runs a script of events through [SessionFsm] in virtual time and writes down what comes of each.
///
/// Lines of events stand at the margin, answers are indented. The first line names the settings; a
/// `#` starts a comment. `wait 3s` lets time pass, with a tick at each deadline on the way. Jitter
/// is 100 % of the interval, 90 % with a multiplier of 1.
final class BfdScript {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// Our number of the session, and the one of echo packets that are ours.
    private static final int DISCRIMINATOR = 7;

    private final StringBuilder out = new StringBuilder();
    private SessionFsm fsm = fsm(List.of());
    private Instant now = START;

    /// The script again, with the answers of today.
    static String run(String script) {
        BfdScript run = new BfdScript();
        script.lines().filter(line -> !line.startsWith("  ")).forEach(run::line);
        return run.out.toString();
    }

    private void line(String line) {
        out.append(line).append('\n');
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        List<String> words = Arrays.asList(line.split(" +", -1));
        List<String> rest = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "session" -> fsm = fsm(rest);
            case "wait" -> pass(duration(rest.getFirst()));
            case "start" -> step(new SessionEvent.Start());
            case "stop" -> step(new SessionEvent.Stop());
            case "set" -> step(new SessionEvent.Reconfigured(settings(rest)));
            case "echo" -> step(new SessionEvent.Echoed(echo(rest)));
            case "hear" -> step(new SessionEvent.Received(packet(rest)));
            default -> throw new IllegalArgumentException("No such event: " + line);
        }
    }

    private void pass(Duration time) {
        Instant end = now.plus(time);
        for (Optional<Instant> next = fsm.nextDeadline();
                next.isPresent() && !next.get().isAfter(end);
                next = fsm.nextDeadline()) {
            now = next.get();
            out.append("  at ").append(millis(Duration.between(START, now))).append('\n');
            step(new SessionEvent.Tick());
        }
        now = end;
    }

    private void step(SessionEvent event) {
        Step step = fsm.on(event, now);
        fsm = step.next();
        step.actions().forEach(action -> out.append("    ").append(text(action)).append('\n'));
        out.append("    = ").append(fsm.state());
        fsm.nextDeadline()
                .ifPresent(deadline ->
                        out.append(", tick in ").append(millis(Duration.between(now, deadline))));
        out.append('\n');
    }

    private static String text(SessionAction action) {
        return switch (action) {
            case SessionAction.Send(ControlPacket packet) -> "send " + text(packet);
            case SessionAction.SendEcho(EchoPacket packet) -> "send echo " + packet.sequence();
            case SessionAction.Up _ -> "UP";
            case SessionAction.Down(var down) -> "DOWN " + down.cause() + ": " + down.reason();
            case SessionAction.Discard(String reason) -> "discard: " + reason;
        };
    }

    private static String text(ControlPacket packet) {
        return packet.state()
                + (packet.poll() ? " poll" : "")
                + (packet.isFinal() ? " final" : "")
                + " your=%d tx=%s rx=%s x%d"
                        .formatted(
                                packet.yourDiscriminator(),
                                millis(packet.desiredMinTx()),
                                millis(packet.requiredMinRx()),
                                packet.detectMultiplier())
                + (packet.requiredMinEchoRx().isZero()
                        ? ""
                        : " echo=" + millis(packet.requiredMinEchoRx()))
                + (packet.diagnostic().equals(Diagnostic.NONE)
                        ? ""
                        : " (" + packet.diagnostic() + ")")
                + packet.authentication().map(section -> " authenticated").orElse("");
    }

    /// The peer says `state`, with flags and fields; what is missing is as the session has it.
    private ControlPacket packet(List<String> words) {
        boolean isKnown = fsm.state() != BfdState.DOWN || fsm.remoteState() != BfdState.DOWN;
        ControlPacket packet =
                new ControlPacket(
                        new Diagnostic(Integer.parseInt(value(words, "diag", "0"))),
                        BfdState.valueOf(words.getFirst().toUpperCase(Locale.ROOT)),
                        words.contains("poll"),
                        words.contains("final"),
                        false,
                        words.contains("demand"),
                        Integer.parseInt(value(words, "x", "3")),
                        9,
                        isKnown ? DISCRIMINATOR : 0,
                        duration(value(words, "tx", "0.050s")),
                        duration(value(words, "rx", "0.050s")),
                        duration(value(words, "echo", "0s")),
                        Optional.empty());
        return words.stream().anyMatch(word -> word.startsWith("key="))
                ? new Sequences(Integer.parseInt(value(words, "seq", "0")), null, Instant.MIN)
                        .sign(packet, key(words))
                : packet;
    }

    private EchoPacket echo(List<String> words) {
        return new EchoPacket(
                DISCRIMINATOR,
                words.contains("forged") ? 1 : fsm.local().cookie(),
                Integer.parseInt(words.getFirst()));
    }

    private static SessionFsm fsm(List<String> words) {
        RandomGenerator ones = () -> -1L;
        return SessionFsm.of(settings(words), DISCRIMINATOR, ones);
    }

    private static BfdSettings settings(List<String> words) {
        return new BfdSettings(
                BfdPath.to(IpAddress.parse("192.0.2.1")),
                duration(value(words, "tx", "0.050s")),
                duration(value(words, "rx", "0.050s")),
                Integer.parseInt(value(words, "x", "3")),
                Optional.of(value(words, "echo", ""))
                        .filter(text -> !text.isEmpty())
                        .map(BfdScript::duration),
                words.contains("passive"),
                BfdSettings.DEFAULT_MINIMUM_TTL,
                key(words));
    }

    private static Optional<BfdKey> key(List<String> words) {
        return Optional.of(value(words, "key", ""))
                .filter(secret -> !secret.isEmpty())
                .map(secret ->
                        BfdKey.of(
                                words.contains("meticulous")
                                        ? BfdKey.Kind.METICULOUS
                                        : BfdKey.Kind.KEYED,
                                Integer.parseInt(value(words, "id", "1")),
                                secret));
    }

    private static String value(List<String> words, String name, String otherwise) {
        return words.stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }

    private static String millis(Duration duration) {
        double rounded = Math.round(duration.toNanos() / 1e4) / 1e2;
        return rounded == Math.rint(rounded)
                ? Math.round(rounded) + " ms"
                : String.format(Locale.ROOT, "%s ms", rounded);
    }
}

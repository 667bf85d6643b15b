package dev.twinstack.admission;

import static java.util.stream.Collectors.joining;

import dev.twinstack.allocation.DrainMove;
import dev.twinstack.allocation.DrainStep;
import dev.twinstack.net.IpAddress;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The text of [ServiceAnnotations#MOVING]: the addresses that go, separated by commas, `@`, and
/// when they go, in ISO 8601: `192.0.2.1,2001:db8::1@2026-01-01T12:00:00Z`. Pure; for any thread.
public final class MovingText {

    private MovingText() {}

    public static String of(DrainMove.Overlapping move) {
        return move.old().stream().map(IpAddress::toString).collect(joining(","))
                + "@"
                + move.until();
    }

    /// How far the Service is on its way. Of the addresses only those that its status has count: a
    /// text gives no address to anybody.
    ///
    /// @return [DrainStep#NONE] for a Service that is on no way, and for what can't be read
    static DrainStep step(Service service) {
        List<IpAddress> old = new ArrayList<>(leaving(service));
        old.retainAll(ServiceIngress.addresses(service));
        Optional<Instant> until = until(service);
        return old.isEmpty() || until.isEmpty()
                ? DrainStep.NONE
                : new DrainStep.Overlap(old, until.get());
    }

    /// The addresses that go.
    public static List<IpAddress> leaving(Service service) {
        return ServiceAnnotations.own(service, ServiceAnnotations.MOVING)
                .map(text -> text.substring(0, end(text)))
                .map(text ->
                        Arrays.stream(text.split(",", -1)).flatMap(ServiceIngress::parsed).toList())
                .orElse(List.of());
    }

    private static Optional<Instant> until(Service service) {
        return ServiceAnnotations.own(service, ServiceAnnotations.MOVING)
                .flatMap(text -> {
                    try {
                        return Optional.of(
                                Instant.parse(
                                        text.substring(Math.min(end(text) + 1, text.length()))));
                    } catch (DateTimeParseException e) {
                        return Optional.empty();
                    }
                });
    }

    private static int end(String text) {
        int at = text.indexOf('@');
        return at < 0 ? text.length() : at;
    }
}

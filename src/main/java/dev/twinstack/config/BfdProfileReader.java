package dev.twinstack.config;

import dev.twinstack.crd.BFDProfile;
import dev.twinstack.crd.BFDProfileSpec;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One BFDProfile. The bounds are the schema's, checked again for objects that an API server with
/// another schema stored.
final class BfdProfileReader {

    private static final int DEFAULT_INTERVAL = 300;
    private static final int DEFAULT_ECHO_INTERVAL = 50;
    private static final int DEFAULT_MULTIPLIER = 3;
    private static final int DEFAULT_TTL = 254;

    private final Problems problems;

    BfdProfileReader(Problems problems) {
        this.problems = problems;
    }

    Optional<BfdProfile> read(BFDProfile object) {
        BFDProfileSpec spec = Optional.ofNullable(object.getSpec()).orElse(BFDProfileSpec.DEFAULTS);
        BfdProfile profile =
                new BfdProfile(
                        object.getMetadata().getName(),
                        interval("spec.receiveInterval", spec.receiveInterval(), DEFAULT_INTERVAL),
                        interval(
                                "spec.transmitInterval", spec.transmitInterval(), DEFAULT_INTERVAL),
                        interval("spec.echoInterval", spec.echoInterval(), DEFAULT_ECHO_INTERVAL),
                        bounded(
                                "spec.detectMultiplier",
                                spec.detectMultiplier(),
                                2,
                                255,
                                DEFAULT_MULTIPLIER),
                        Objects.equals(spec.echoMode(), true),
                        Objects.equals(spec.passiveMode(), true),
                        bounded("spec.minimumTtl", spec.minimumTtl(), 1, 254, DEFAULT_TTL));
        return problems.isEmpty() ? Optional.of(profile) : Optional.empty();
    }

    private Duration interval(String path, @Nullable Integer millis, int otherwise) {
        return Duration.ofMillis(bounded(path, millis, 10, 60_000, otherwise));
    }

    private int bounded(String path, @Nullable Integer written, int from, int to, int otherwise) {
        if (written == null) {
            return otherwise;
        }
        if (written < from || written > to) {
            problems.invalid(path, "%d is not in %d..%d".formatted(written, from, to));
        }
        return written;
    }
}

package dev.twinstack.operator;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The parts of this process's role, in the order in which they start.
@Singleton
public final class RoleParts {

    private final List<RolePart> parts;

    RoleParts(RunSettings settings, @All List<RolePart> all) {
        this.parts =
                all.stream()
                        .filter(part -> part.runsIn(settings.role()))
                        .sorted(Comparator.comparing(RolePart::phase))
                        .toList();
    }

    List<RolePart> inOrder() {
        return parts;
    }

    /// What keeps the process from doing all its work, one line per part; empty when nothing does.
    public List<String> notReady() {
        return parts.stream().map(RolePart::notReady).flatMap(Optional::stream).toList();
    }
}

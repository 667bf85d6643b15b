package dev.twinstack.router;

import dev.twinstack.bgp.SessionStatus;
import java.util.List;
import java.util.Optional;

/// What the router of this process has heard; nothing where it is none, or not yet. Any thread may
/// ask.
public interface RouterView {

    /// Ordered by prefix, the best first.
    Optional<List<HeardRoute>> routes();

    Optional<List<SessionStatus>> sessions();
}

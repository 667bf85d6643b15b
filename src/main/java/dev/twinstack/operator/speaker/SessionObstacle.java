package dev.twinstack.operator.speaker;

import dev.twinstack.bgp.SessionState;
import dev.twinstack.crd.BGPSessionStatus;
import dev.twinstack.net.IpPrefix;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a session does not carry a route that it should.
final class SessionObstacle {

    private SessionObstacle() {}

    /// There is no session just now.
    ///
    /// @param lastError of the session, if there was one
    static String notEstablished(String state, Optional<String> lastError) {
        return "the session is not established: %s%s"
                .formatted(state, lastError.map(error -> " (" + error + ")").orElse(""));
    }

    /// By what the speaker has written; empty if the peer has the route, as far as that says.
    ///
    /// @param session null where there is nothing written
    static Optional<String> of(String node, @Nullable BGPSessionStatus session, IpPrefix prefix) {
        if (session == null) {
            return Optional.of(
                    "no speaker of node %s has reported a session with it".formatted(node));
        }
        if (!SessionState.ESTABLISHED.toString().equals(session.state())) {
            return Optional.of(
                    notEstablished(
                            String.valueOf(session.state()),
                            Optional.ofNullable(session.lastError())));
        }
        return session.routes().stream()
                .filter(routes -> prefix.family().toString().equals(routes.family()))
                .filter(routes ->
                        routes.withheldPrefixes().isEmpty()
                                || routes.withheldPrefixes().contains(prefix.toString()))
                .map(BGPSessionStatus.FamilyRoutes::withheldBecause)
                .flatMap(because -> Optional.ofNullable(because).stream())
                .findFirst();
    }
}

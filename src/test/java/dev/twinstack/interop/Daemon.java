package dev.twinstack.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.net.IpFamily;
import dev.twinstack.testing.lab.LabRouter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A routing daemon: how it is told of its sessions, and how its table is read.
enum Daemon {
    FRR("FRR 8.4.4"),
    BIRD("BIRD 2.0.12"),
    GOBGP("GoBGP 3.10");

    /// What differs between them.
    interface Syntax {

        /// A router that waits for its peers unless a session says otherwise.
        ///
        /// @param router the last part of its addresses
        String config(int router, List<Session> sessions);

        /// Prefixes with the next hops of all their paths, without link-local ones.
        Map<String, Set<String>> table(LabRouter router, IpFamily family);
    }

    private final String title;

    Daemon(String title) {
        this.title = title;
    }

    /// As `lab/router` calls it.
    String kind() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The name of its configuration in a folder of `docs/routers`.
    String file() {
        return switch (this) {
            case FRR -> "frr.conf";
            case BIRD -> "bird.conf";
            case GOBGP -> "gobgp.toml";
        };
    }

    private Syntax syntax() {
        return switch (this) {
            case FRR -> new FrrSyntax();
            case BIRD -> new BirdSyntax();
            case GOBGP -> new GobgpSyntax();
        };
    }

    String config(int router, List<Session> sessions) {
        return syntax().config(router, sessions);
    }

    Map<String, Set<String>> table(LabRouter router, IpFamily family) {
        return syntax().table(router, family);
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + text, e);
        }
    }

    /// With its version.
    @Override
    public String toString() {
        return title;
    }
}

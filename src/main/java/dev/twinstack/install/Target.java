package dev.twinstack.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/// One object of a cluster, by name.
///
/// @param namespace empty where the kind has none
public record Target(String apiVersion, String kind, String namespace, String name) {

    /// What this object is called.
    public static Target of(JsonNode object) {
        return new Target(
                object.path("apiVersion").asText(),
                object.path("kind").asText(),
                object.at("/metadata/namespace").asText(),
                object.at("/metadata/name").asText());
    }

    /// Of a kind without namespaces.
    public static Target ofCluster(String apiVersion, String kind, String name) {
        return new Target(apiVersion, kind, "", name);
    }

    /// `deployment.v1.apps/controller`, as kubectl takes it.
    String resource() {
        String type = kind.toLowerCase(Locale.ROOT);
        int slash = apiVersion.indexOf('/');
        String suffix =
                slash < 0
                        ? ""
                        : ".%s.%s"
                                .formatted(
                                        apiVersion.substring(slash + 1),
                                        apiVersion.substring(0, slash));
        return type + suffix + "/" + name;
    }

    /// `Deployment metallb-system/controller`.
    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}

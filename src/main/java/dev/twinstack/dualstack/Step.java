package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing to do; its place in the plan is its order.
public sealed interface Step {

    Phase phase();

    /// Why it is needed.
    String why();

    /// A file of a node changes.
    ///
    /// @param path below MicroK8s' `args/`
    /// @param before empty where there is no such file yet
    record FileEdit(
            Phase phase,
            String node,
            String path,
            String before,
            String after,
            String why,
            Restart restarts)
            implements Step {}

    /// An object of the cluster changes.
    ///
    /// @param before null: it is created
    /// @param after null: it is deleted
    record ObjectEdit(
            Phase phase,
            ObjectName object,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            String why,
            Restart restarts)
            implements Step {}

    /// Something that is no edit.
    ///
    /// @param node empty: in the cluster
    /// @param by who does it where the program applies the plan
    record Task(Phase phase, String node, String what, List<String> commands, String why, Doer by)
            implements Step {

        public Task {
            commands = List.copyOf(commands);
        }
    }

    /// Who carries out a task.
    enum Doer {
        PROGRAM,
        PERSON
    }

    /// What an edit restarts.
    enum Restart {
        NONE("nothing"),
        KUBELITE("kubelite on this node"),
        CALICO_NODE("calico-node on every node, one after another");

        private final String text;

        Restart(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// The name of an object. @param namespace empty where the kind has none
    record ObjectName(String apiVersion, String kind, String namespace, String name) {

        static ObjectName of(JsonNode object) {
            return new ObjectName(
                    object.path("apiVersion").asText(),
                    object.path("kind").asText(),
                    ClusterObjects.namespace(object),
                    ClusterObjects.name(object));
        }

        /// `DaemonSet kube-system/calico-node`.
        @Override
        public String toString() {
            return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
        }
    }
}

package dev.twinstack.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// One thing to do to a cluster. Each may be done twice without harm.
public sealed interface Step {

    /// What it does, in a few words that start with a verb.
    String what();

    /// Creates objects, or gives those that are there these contents (server-side apply, which
    /// takes over fields that others have written).
    record Apply(String what, List<ObjectNode> objects) implements Step {

        public Apply {
            objects = List.copyOf(objects);
        }
    }

    /// Changes parts of one object that is there (RFC 7386, or RFC 6902 if the patch is a list).
    record Patch(String what, Target target, JsonNode patch) implements Step {}

    /// Deletes objects, in order; those that are not there do no harm.
    record Delete(String what, List<Target> targets) implements Step {

        public Delete {
            targets = List.copyOf(targets);
        }
    }

    /// Waits until the API server serves the kinds.
    ///
    /// @param names of CustomResourceDefinitions
    record AwaitKinds(String what, List<String> names) implements Step {

        public AwaitKinds {
            names = List.copyOf(names);
        }
    }

    /// Waits until a Deployment or DaemonSet runs as it is written.
    record AwaitRollout(String what, Target target) implements Step {}

    /// Waits until no pod with these labels is left.
    ///
    /// @param selector as kubectl takes it
    record AwaitNoPods(String what, String namespace, String selector) implements Step {}
}

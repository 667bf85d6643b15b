package dev.twinstack.operator.speaker;

import dev.twinstack.crd.BGPSessionStatus;
import java.util.Set;

/// Where the `BGPSession` objects of this node are kept. Every call may throw
/// [io.fabric8.kubernetes.client.KubernetesClientException].
interface SessionStore {

    /// The names of those that are there.
    Set<String> names();

    /// Makes sure that there is one of this name.
    void create(String name);

    /// Replaces the status; fails with 404 if there is no such object.
    void status(String name, BGPSessionStatus status);

    /// Without effect if there is none.
    void delete(String name);
}

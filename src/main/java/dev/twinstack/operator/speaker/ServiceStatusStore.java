package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import java.util.List;
import java.util.Map;

/// Where the `ServiceBGPStatus` objects of this node are kept. Every call may throw
/// [io.fabric8.kubernetes.client.KubernetesClientException].
interface ServiceStatusStore {

    /// One object that is there.
    ///
    /// @param isOwn whether it belongs to this process's Pod, and so stays with it
    record Present(ServiceKey service, List<String> peers, boolean isOwn) {}

    /// By name, those that can be read.
    Map<String, Present> list();

    String name(ServiceKey service);

    /// Makes sure that there is one of ours; its status stays as it is.
    void create(ServiceKey service);

    /// Replaces the status; fails with 404 if there is no such object.
    void status(ServiceKey service, List<String> peers);

    /// Without effect if there is none.
    void delete(String name);
}

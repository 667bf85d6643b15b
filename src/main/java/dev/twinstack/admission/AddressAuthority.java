package dev.twinstack.admission;

import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.ClaimDecision;
import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.allocation.ClaimRequest;
import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.PoolPolicy;
import dev.twinstack.allocation.ServiceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the Service webhooks need of the process that owns the allocator. For any thread; every
/// call but [#caughtUp] returns without waiting for the network.
public interface AddressAuthority {

    /// Whether this process may answer for addresses now: it holds the lease by its own clock, and
    /// has read the configuration and what all Services hold. If not, the webhooks let everything
    /// pass, and the controller does the work a moment later.
    boolean leads();

    ClusterFamilies clusterFamilies();

    /// The labels of the namespace. Empty where they matter, as a pool is bound to labels of
    /// namespaces, and are not known: a Service may follow its namespace by a few milliseconds.
    Optional<Map<String, String>> namespaceLabels(String namespace);

    /// What the Service would get now. Keeps nothing.
    Decision decide(AddressRequest request);

    /// The same, and nobody else gets the new addresses of an [Decision.Assigned] before the
    /// controller has seen the Service or the reservation has run out. What the Service, or a
    /// stored one of the same name, holds already does not change.
    Decision reserve(AddressRequest request);

    /// What the claim would get now. Keeps nothing.
    ClaimDecision decide(ClaimRequest request);

    /// The Services that have addresses of the claim.
    List<ServiceKey> usersOf(ClaimKey claim);

    /// The policy in force on the pool; [PoolPolicy#NONE] where there is none.
    PoolPolicy policy(String pool);

    /// Who has addresses of the pool, as `Service ns/name`, in order.
    List<String> usersOf(String pool);

    /// Waits, a second at most, until the configuration in use is as new as the one the API server
    /// had when this was called: a Service may follow its pool by a few milliseconds, and must not
    /// be refused for it.
    ///
    /// @return whether the configuration in use has changed, so that it is worth asking again
    boolean caughtUp();
}

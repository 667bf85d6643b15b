package dev.twinstack.admission.review;

import dev.twinstack.admission.AddressAuthority;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.admission.ServiceReading;
import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Decision;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a new Service that names no `ipFamilyPolicy` prefer both families, where the policy of its
/// pool says so (`dualStack.upgrade: Always`).
///
/// Only where the API server takes it as it stands: with two families or two clusterIPs it makes
/// the Service RequireDualStack by itself. Only where it brings something: in a dual-stack cluster,
/// and if nothing the Service asks for speaks against a second address.
final class DualStackUpgrade {

    static final String POLICY = "PreferDualStack";

    private final AddressAuthority authority;
    private final ServiceReader reader;

    DualStackUpgrade(AddressAuthority authority, ServiceReader reader) {
        this.authority = authority;
        this.reader = reader;
    }

    /// What the Service asks for with both families; empty where it stays as it is.
    Optional<AddressRequest> of(
            ServiceChange change, AddressRequest asked, Map<String, String> namespaceLabels) {
        if (change.old() != null
                || !isOpen(change.service().getSpec())
                || !authority.clusterFamilies().dualStack()
                || !wantedBy(asked)) {
            return Optional.empty();
        }
        Service upgraded =
                new ServiceBuilder(change.service())
                        .editSpec()
                        .withIpFamilyPolicy(POLICY)
                        .endSpec()
                        .build();
        return reader.requested(upgraded, null, namespaceLabels, authority.clusterFamilies())
                                instanceof ServiceReading.Asks(AddressRequest both)
                        && authority.decide(both) instanceof Decision.Assigned assigned
                        && authority.policy(assigned.pool()).upgradeToDualStack()
                ? Optional.of(both)
                : Optional.empty();
    }

    private boolean wantedBy(AddressRequest asked) {
        return authority.decide(asked) instanceof Decision.Assigned assigned
                && authority.policy(assigned.pool()).upgradeToDualStack();
    }

    private static boolean isOpen(ServiceSpec spec) {
        String policy = spec.getIpFamilyPolicy();
        return (policy == null || policy.isEmpty())
                && size(spec.getIpFamilies()) < 2
                && size(spec.getClusterIPs()) < 2;
    }

    private static int size(@Nullable List<String> list) {
        return list == null ? 0 : list.size();
    }
}

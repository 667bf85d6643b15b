package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All that a Service says about its addresses.
///
/// `families` are those of its clusterIPs, in their order, at most one of each. `pool` and `wanted`
/// come from annotations or `spec.loadBalancerIP`. `held` is what `status` has now. `proposed` is
/// what admission answered, as the Service's annotation remembers it: used if it is still to be had
/// and would be an automatic choice, so that the answer stays true over a change of leader. `claim`
/// is the AddressClaim it names. With `hostParts`, `wanted` are the ends of addresses, to be put
/// behind the prefix of the pool. `drainStep` is how far the Service is on its way out of a
/// draining pool.
public record AddressRequest(
        ServiceKey service,
        Map<String, String> namespaceLabels,
        Map<String, String> serviceLabels,
        FamilyPolicy policy,
        List<IpFamily> families,
        Optional<String> pool,
        List<IpAddress> wanted,
        Sharing sharing,
        List<IpAddress> held,
        List<IpAddress> proposed,
        Optional<ClaimKey> claim,
        boolean hostParts,
        DrainStep drainStep) {

    public AddressRequest {
        namespaceLabels = Map.copyOf(namespaceLabels);
        serviceLabels = Map.copyOf(serviceLabels);
        families = List.copyOf(families);
        wanted = List.copyOf(wanted);
        held = List.copyOf(held);
        proposed = List.copyOf(proposed);
    }

    /// A Service that names no claim and wants whole addresses.
    public AddressRequest(
            ServiceKey service,
            Map<String, String> namespaceLabels,
            Map<String, String> serviceLabels,
            FamilyPolicy policy,
            List<IpFamily> families,
            Optional<String> pool,
            List<IpAddress> wanted,
            Sharing sharing,
            List<IpAddress> held,
            List<IpAddress> proposed) {
        this(
                service,
                namespaceLabels,
                serviceLabels,
                policy,
                families,
                pool,
                wanted,
                sharing,
                held,
                proposed,
                Optional.empty(),
                false,
                DrainStep.NONE);
    }

    /// A Service that says nothing but its families.
    public static AddressRequest of(ServiceKey service, FamilyPolicy policy, IpFamily... families) {
        return new AddressRequest(
                service,
                Map.of(),
                Map.of(),
                policy,
                List.of(families),
                Optional.empty(),
                List.of(),
                Sharing.NONE,
                List.of(),
                List.of());
    }

    /// The order in which new addresses are given.
    List<IpFamily> familiesIpv4First() {
        return families.size() == 2 && families.getFirst() == IpFamily.IPV6
                ? families.reversed()
                : families;
    }

    /// Whether one family is enough although there are two.
    boolean secondFamilyOptional() {
        return policy == FamilyPolicy.PREFER_DUAL_STACK && families.size() == 2;
    }

    public AddressRequest withLabels(Map<String, String> namespace, Map<String, String> labels) {
        return copy(parts -> {
            parts.namespaceLabels = namespace;
            parts.serviceLabels = labels;
        });
    }

    public AddressRequest withPool(String name) {
        return copy(parts -> parts.pool = name);
    }

    public AddressRequest withWanted(List<IpAddress> addresses) {
        return copy(parts -> parts.wanted = addresses);
    }

    public AddressRequest withSharing(Sharing terms) {
        return copy(parts -> parts.sharing = terms);
    }

    public AddressRequest withHeld(List<IpAddress> addresses) {
        return copy(parts -> parts.held = addresses);
    }

    public AddressRequest withProposed(List<IpAddress> addresses) {
        return copy(parts -> parts.proposed = addresses);
    }

    public AddressRequest withClaim(ClaimKey named) {
        return copy(parts -> parts.claim = named);
    }

    public AddressRequest withHostParts(boolean areHostParts) {
        return copy(parts -> parts.hostParts = areHostParts);
    }

    public AddressRequest withDrainStep(DrainStep step) {
        return copy(parts -> parts.drainStep = step);
    }

    private AddressRequest copy(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.put(this);
    }

    /// The parts that a copy may change.
    private static final class Parts {
        private Map<String, String> namespaceLabels;
        private Map<String, String> serviceLabels;
        private @Nullable String pool;
        private List<IpAddress> wanted;
        private Sharing sharing;
        private List<IpAddress> held;
        private List<IpAddress> proposed;
        private @Nullable ClaimKey claim;
        private boolean hostParts;
        private DrainStep drainStep;

        Parts(AddressRequest request) {
            namespaceLabels = request.namespaceLabels;
            serviceLabels = request.serviceLabels;
            pool = request.pool.orElse(null);
            wanted = request.wanted;
            sharing = request.sharing;
            held = request.held;
            proposed = request.proposed;
            claim = request.claim.orElse(null);
            hostParts = request.hostParts;
            drainStep = request.drainStep;
        }

        AddressRequest put(AddressRequest into) {
            return new AddressRequest(
                    into.service,
                    namespaceLabels,
                    serviceLabels,
                    into.policy,
                    into.families,
                    Optional.ofNullable(pool),
                    wanted,
                    sharing,
                    held,
                    proposed,
                    Optional.ofNullable(claim),
                    hostParts,
                    drainStep);
        }
    }
}

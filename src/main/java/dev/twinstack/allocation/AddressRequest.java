package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a Service says about its addresses.
///
/// `families` are those of its clusterIPs, in their order, at most one of each. `pool` and `wanted`
/// come from annotations or `spec.loadBalancerIP`. `held` is what `status` has now. `proposed` is
/// what admission answered, as the Service's annotation remembers it: used if it is still to be had
/// and would be an automatic choice, so that the answer stays true over a change of leader.
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
        List<IpAddress> proposed) {

    public AddressRequest {
        namespaceLabels = Map.copyOf(namespaceLabels);
        serviceLabels = Map.copyOf(serviceLabels);
        families = List.copyOf(families);
        wanted = List.copyOf(wanted);
        held = List.copyOf(held);
        proposed = List.copyOf(proposed);
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
        return new AddressRequest(
                service, namespace, labels, policy, families, pool, wanted, sharing, held,
                proposed);
    }

    public AddressRequest withPool(String name) {
        return new AddressRequest(
                service,
                namespaceLabels,
                serviceLabels,
                policy,
                families,
                Optional.of(name),
                wanted,
                sharing,
                held,
                proposed);
    }

    public AddressRequest withWanted(List<IpAddress> addresses) {
        return new AddressRequest(
                service,
                namespaceLabels,
                serviceLabels,
                policy,
                families,
                pool,
                addresses,
                sharing,
                held,
                proposed);
    }

    public AddressRequest withSharing(Sharing terms) {
        return new AddressRequest(
                service,
                namespaceLabels,
                serviceLabels,
                policy,
                families,
                pool,
                wanted,
                terms,
                held,
                proposed);
    }

    public AddressRequest withHeld(List<IpAddress> addresses) {
        return new AddressRequest(
                service,
                namespaceLabels,
                serviceLabels,
                policy,
                families,
                pool,
                wanted,
                sharing,
                addresses,
                proposed);
    }

    public AddressRequest withProposed(List<IpAddress> addresses) {
        return new AddressRequest(
                service,
                namespaceLabels,
                serviceLabels,
                policy,
                families,
                pool,
                wanted,
                sharing,
                held,
                addresses);
    }
}

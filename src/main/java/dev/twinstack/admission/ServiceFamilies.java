package dev.twinstack.admission;

import dev.twinstack.allocation.FamilyPolicy;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The families of a Service's clusterIPs, primary first, and its policy.
record ServiceFamilies(FamilyPolicy policy, List<IpFamily> families) {

    private static final String NONE = "None";

    ServiceFamilies {
        families = List.copyOf(families);
    }

    /// Of a Service as it is stored: its clusterIPs decide. No families where it has none.
    static ServiceFamilies stored(Service service) {
        List<IpFamily> families = families(clusterIps(service)).toList();
        FamilyPolicy unsaid =
                families.size() > 1 ? FamilyPolicy.REQUIRE_DUAL_STACK : FamilyPolicy.SINGLE_STACK;
        return new ServiceFamilies(policy(service.getSpec()).orElse(unsaid), families);
    }

    /// Of a Service on its way to the store, when the API server has not yet allotted clusterIPs:
    /// what it will allot, by its own rules (`ipFamilies`, else given clusterIPs, else the
    /// cluster's primary family; the other one is added for both dual-stack policies, and
    /// SingleStack cuts to the first).
    ///
    /// @param old the stored Service on an update: what the request leaves out stays
    static ServiceFamilies expected(
            Service service, @Nullable Service old, ClusterFamilies cluster) {
        ServiceSpec spec = service.getSpec();
        Optional<FamilyPolicy> said =
                policy(spec).or(() -> old == null ? Optional.empty() : policy(old.getSpec()));
        SequencedSet<IpFamily> families = new LinkedHashSet<>();
        Optional.ofNullable(spec.getIpFamilies()).orElse(List.of()).stream()
                .flatMap(ServiceFamilies::family)
                .forEach(families::add);
        List<String> clusterIps = clusterIps(service);
        if (clusterIps.isEmpty() && old != null) {
            clusterIps = clusterIps(old);
        }
        families(clusterIps).forEach(families::add);
        if (families.isEmpty()) {
            families.add(cluster.primary());
        }
        FamilyPolicy policy =
                said.orElse(
                        families.size() > 1
                                ? FamilyPolicy.REQUIRE_DUAL_STACK
                                : FamilyPolicy.SINGLE_STACK);
        return new ServiceFamilies(
                policy,
                switch (policy) {
                    case SINGLE_STACK -> List.of(families.getFirst());
                    case PREFER_DUAL_STACK, REQUIRE_DUAL_STACK -> {
                        if (cluster.dualStack()) {
                            families.add(families.getFirst().other());
                        }
                        yield List.copyOf(families);
                    }
                });
    }

    private static Stream<IpFamily> families(Collection<String> addresses) {
        return addresses.stream()
                .flatMap(text -> {
                    try {
                        return Stream.of(IpAddress.parse(text).family());
                    } catch (IllegalArgumentException e) {
                        return Stream.of(); // the API server will refuse it
                    }
                })
                .distinct();
    }

    private static List<String> clusterIps(Service service) {
        ServiceSpec spec = service.getSpec();
        List<String> all = spec.getClusterIPs();
        Stream<String> given =
                all == null || all.isEmpty()
                        ? Stream.ofNullable(spec.getClusterIP())
                        : all.stream();
        return given.filter(ip -> !ip.isEmpty() && !ip.equals(NONE)).toList();
    }

    private static Optional<FamilyPolicy> policy(ServiceSpec spec) {
        return Stream.of(FamilyPolicy.values())
                .filter(policy -> Objects.equals(policy.toString(), spec.getIpFamilyPolicy()))
                .findFirst();
    }

    private static Stream<IpFamily> family(String name) {
        return Stream.of(IpFamily.values()).filter(family -> family.toString().equals(name));
    }
}

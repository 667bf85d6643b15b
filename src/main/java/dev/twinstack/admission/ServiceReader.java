package dev.twinstack.admission;

import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.DrainStep;
import dev.twinstack.allocation.FamilyPolicy;
import dev.twinstack.allocation.PortKey;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.allocation.Sharing;
import dev.twinstack.net.IpAddress;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what a Service asks for. The webhooks and the reconciler read with the same code, so that
/// they come to the same request. Pure; for any thread.
public final class ServiceReader {

    private static final String LOAD_BALANCER = "LoadBalancer";

    private final String ownClass;

    /// @param ownClass the `loadBalancerClass` to serve; empty: Services without a class
    public ServiceReader(String ownClass) {
        this.ownClass = ownClass;
    }

    /// A Service as the API server stores it: its clusterIPs decide about families, its status
    /// about what it holds, and its annotation about what admission answered.
    public ServiceReading stored(Service service, Map<String, String> namespaceLabels) {
        Optional<ServiceReading> notOurs = notOurs(service);
        if (notOurs.isPresent()) {
            return notOurs.get();
        }
        ServiceFamilies families = ServiceFamilies.stored(service);
        if (families.families().isEmpty()) {
            return new ServiceReading.NoClusterIp();
        }
        return read(
                service,
                families,
                ServiceIngress.addresses(service),
                proposed(service),
                MovingText.step(service),
                namespaceLabels);
    }

    /// A Service on its way to the store. What it holds, and what was proposed to it, is taken from
    /// the stored one: in the request anybody may write anything there.
    ///
    /// @param old null on a create
    public ServiceReading requested(
            Service service,
            @Nullable Service old,
            Map<String, String> namespaceLabels,
            ClusterFamilies cluster) {
        Optional<ServiceReading> notOurs = notOurs(service);
        if (notOurs.isPresent()) {
            return notOurs.get();
        }
        ServiceFamilies families = ServiceFamilies.expected(service, old, cluster);
        return onItsWay(service, families, old, namespaceLabels);
    }

    /// A Service on its way to the store, when the API server has allotted its clusterIPs: these
    /// decide about families, everything else is as in [#requested].
    public ServiceReading formed(
            Service service, @Nullable Service old, Map<String, String> namespaceLabels) {
        Optional<ServiceReading> notOurs = notOurs(service);
        if (notOurs.isPresent()) {
            return notOurs.get();
        }
        ServiceFamilies families = ServiceFamilies.stored(service);
        return families.families().isEmpty()
                ? new ServiceReading.NoClusterIp()
                : onItsWay(service, families, old, namespaceLabels);
    }

    private ServiceReading onItsWay(
            Service service,
            ServiceFamilies families,
            @Nullable Service old,
            Map<String, String> namespaceLabels) {
        return old == null || notOurs(old).isPresent()
                ? read(service, families, List.of(), List.of(), DrainStep.NONE, namespaceLabels)
                : read(
                        service,
                        families,
                        ServiceIngress.addresses(old),
                        proposed(old),
                        MovingText.step(old),
                        namespaceLabels);
    }

    private Optional<ServiceReading> notOurs(Service service) {
        ServiceSpec spec = service.getSpec();
        if (spec == null || !LOAD_BALANCER.equals(spec.getType())) {
            return Optional.of(new ServiceReading.NotLoadBalancer());
        }
        String serviceClass = spec.getLoadBalancerClass();
        return ownClass.equals(serviceClass == null ? "" : serviceClass)
                ? Optional.empty()
                : Optional.of(new ServiceReading.OtherClass());
    }

    private static ServiceReading read(
            Service service,
            ServiceFamilies families,
            List<IpAddress> held,
            List<IpAddress> proposed,
            DrainStep drainStep,
            Map<String, String> namespaceLabels) {
        List<ServiceError> errors = new ArrayList<>();
        List<IpAddress> wanted = WantedAddresses.read(service, errors::add);
        if (families.policy() == FamilyPolicy.REQUIRE_DUAL_STACK
                && families.families().size() < 2) {
            errors.add(ServiceError.notEnoughClusterIps(families.families()));
        }
        ClaimAndHostPart more = ClaimAndHostPart.read(service, wanted, errors::add);
        if (!errors.isEmpty()) {
            return new ServiceReading.Wrong(errors);
        }
        ObjectMeta metadata = service.getMetadata();
        return new ServiceReading.Asks(
                new AddressRequest(
                        new ServiceKey(metadata.getNamespace(), metadata.getName()),
                        namespaceLabels,
                        metadata.getLabels() == null ? Map.of() : metadata.getLabels(),
                        families.policy(),
                        families.families(),
                        ServiceAnnotations.value(service, ServiceAnnotations.ADDRESS_POOL),
                        wanted,
                        sharing(service),
                        held,
                        proposed,
                        more.claim(),
                        more.hostPart(),
                        drainStep));
    }

    /// Services of policy Cluster go together whatever they select; of policy Local only if they
    /// select the same Pods, as each node announces for what runs on it.
    private static Sharing sharing(Service service) {
        ServiceSpec spec = service.getSpec();
        Map<String, String> selector = spec.getSelector() == null ? Map.of() : spec.getSelector();
        boolean local = "Local".equals(spec.getExternalTrafficPolicy());
        return new Sharing(
                ServiceAnnotations.value(service, ServiceAnnotations.ALLOW_SHARED_IP).orElse(""),
                ports(spec),
                local ? text(selector) : "");
    }

    private static Set<PortKey> ports(ServiceSpec spec) {
        return Stream.ofNullable(spec.getPorts())
                .flatMap(List::stream)
                .filter(port -> port.getPort() != null)
                .map(port ->
                        new PortKey(
                                port.getProtocol() == null ? "TCP" : port.getProtocol(),
                                port.getPort()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String text(Map<String, String> selector) {
        return new TreeMap<>(selector)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }

    private static List<IpAddress> proposed(Service service) {
        String value = ServiceAnnotations.of(service).get(ServiceAnnotations.ADDRESSES);
        return Stream.ofNullable(value)
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .flatMap(ServiceReader::address)
                .toList();
    }

    private static Stream<IpAddress> address(@Nullable String text) {
        try {
            return text == null || text.isBlank()
                    ? Stream.of()
                    : Stream.of(IpAddress.parse(text.strip()));
        } catch (IllegalArgumentException e) {
            return Stream.of();
        }
    }
}

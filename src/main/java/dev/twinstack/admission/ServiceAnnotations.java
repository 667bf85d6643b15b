package dev.twinstack.admission;

import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The annotations of Services: what users ask with, in MetalLB's two spellings, and what is
/// written back.
public final class ServiceAnnotations {

    /// Exact addresses, separated by commas.
    public static final String LOAD_BALANCER_IPS = "metallb.io/loadBalancerIPs";

    /// The only pool that may be used.
    public static final String ADDRESS_POOL = "metallb.io/address-pool";

    /// The key under which Services may share an address.
    public static final String ALLOW_SHARED_IP = "metallb.io/allow-shared-ip";

    /// The AddressClaim of the same namespace whose addresses the Service gets.
    public static final String CLAIM = "twinstack.dev/claim";

    /// `true`: the addresses of [#LOAD_BALANCER_IPS] are the ends of addresses, to be put behind
    /// the pool's prefix.
    public static final String HOST_PART = "twinstack.dev/host-part";

    /// Written: the pool of the addresses.
    public static final String ALLOCATED_FROM_POOL = "metallb.io/ip-allocated-from-pool";

    /// Written: the addresses, so that they stand in the answer to the request that creates the
    /// Service; `status` can't be set there.
    public static final String ADDRESSES = "twinstack.dev/addresses";

    /// Written while a Service moves to another pool: the old addresses, and until when it has
    /// them, as [MovingText].
    public static final String MOVING = "twinstack.dev/moving";

    private static final String PREFIX = "metallb.io/";
    private static final String DEPRECATED_PREFIX = "metallb.universe.tf/";

    private ServiceAnnotations() {}

    /// All that is written, and never believed when a user writes it.
    public static List<String> written() {
        return List.of(ADDRESSES, ALLOCATED_FROM_POOL, MOVING);
    }

    /// The value under the current or else the deprecated spelling; an empty value counts as none.
    static Optional<String> value(Service service, String annotation) {
        Map<String, String> annotations = of(service);
        return Stream.of(annotation, deprecated(annotation))
                .map(key -> annotations.getOrDefault(key, ""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /// The value of an annotation that has only one spelling; an empty value counts as none.
    static Optional<String> own(Service service, String annotation) {
        return Optional.of(of(service).getOrDefault(annotation, ""))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /// The keys in use that MetalLB has deprecated, for `deprecatedAnnotation` Events and warnings.
    public static List<String> deprecatedIn(Service service) {
        return Stream.of(LOAD_BALANCER_IPS, ADDRESS_POOL, ALLOW_SHARED_IP)
                .map(ServiceAnnotations::deprecated)
                .filter(of(service)::containsKey)
                .toList();
    }

    static Map<String, String> of(Service service) {
        Map<String, String> annotations = service.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    private static String deprecated(String annotation) {
        return DEPRECATED_PREFIX + annotation.substring(PREFIX.length());
    }
}

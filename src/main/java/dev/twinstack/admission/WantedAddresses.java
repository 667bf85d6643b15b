package dev.twinstack.admission;

import dev.twinstack.net.IpAddress;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The exact addresses that a Service asks for, by annotation or by `spec.loadBalancerIP`.
final class WantedAddresses {

    private WantedAddresses() {}

    /// At most one address per family; empty where the Service names none, or where `errors` got
    /// something.
    static List<IpAddress> read(Service service, Consumer<ServiceError> errors) {
        Optional<String> annotation =
                ServiceAnnotations.value(service, ServiceAnnotations.LOAD_BALANCER_IPS);
        String field = service.getSpec().getLoadBalancerIP();
        boolean byField = field != null && !field.isEmpty();
        if (annotation.isPresent() && byField) {
            errors.accept(
                    ServiceError.loadBalancerIps(
                            "service can not have both %s and spec.loadBalancerIP"
                                    .formatted(ServiceAnnotations.LOAD_BALANCER_IPS)));
            return List.of();
        }
        if (annotation.isPresent()) {
            return parse(Arrays.asList(annotation.get().split(",", -1)), errors);
        }
        return byField ? parse(List.of(field), errors) : List.of();
    }

    private static List<IpAddress> parse(List<String> texts, Consumer<ServiceError> errors) {
        List<IpAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            try {
                addresses.add(IpAddress.parse(text.strip()));
            } catch (IllegalArgumentException e) {
                errors.accept(ServiceError.loadBalancerIps(String.valueOf(e.getMessage())));
                return List.of();
            }
        }
        if (addresses.stream().map(IpAddress::family).distinct().count() < addresses.size()) {
            errors.accept(
                    ServiceError.loadBalancerIpFamilies(
                            addresses, "more than one address of a family"));
            return List.of();
        }
        return addresses;
    }
}

package dev.twinstack.operator.controller;

import dev.twinstack.net.IpAddress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What stands in `status.loadBalancer.ingress`.
final class Ingress {

    private Ingress() {}

    static List<LoadBalancerIngress> of(@Nullable ServiceStatus status) {
        return status == null
                        || status.getLoadBalancer() == null
                        || status.getLoadBalancer().getIngress() == null
                ? List.of()
                : status.getLoadBalancer().getIngress();
    }

    /// The addresses; host names and what is no address are not ours.
    static List<IpAddress> addresses(Service service) {
        return of(service.getStatus()).stream()
                .flatMap(ingress -> parsed(ingress.getIp()))
                .toList();
    }

    private static Stream<IpAddress> parsed(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? Stream.of() : Stream.of(IpAddress.parse(text));
        } catch (IllegalArgumentException e) {
            return Stream.of();
        }
    }
}

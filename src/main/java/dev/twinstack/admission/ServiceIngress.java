package dev.twinstack.admission;

import dev.twinstack.net.IpAddress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What stands in `status.loadBalancer.ingress`. Pure; for any thread.
public final class ServiceIngress {

    private ServiceIngress() {}

    public static List<LoadBalancerIngress> entries(@Nullable ServiceStatus status) {
        return status == null
                        || status.getLoadBalancer() == null
                        || status.getLoadBalancer().getIngress() == null
                ? List.of()
                : status.getLoadBalancer().getIngress();
    }

    /// The addresses as written; entries with a host name alone are nobody's address.
    public static List<String> texts(Service service) {
        return entries(service.getStatus()).stream()
                .map(LoadBalancerIngress::getIp)
                .filter(Objects::nonNull)
                .toList();
    }

    /// The addresses; host names and what is no address are not ours.
    public static List<IpAddress> addresses(Service service) {
        return texts(service).stream().flatMap(ServiceIngress::parsed).toList();
    }

    static Stream<IpAddress> parsed(String text) {
        try {
            return Stream.of(IpAddress.parse(text));
        } catch (IllegalArgumentException e) {
            return Stream.of();
        }
    }
}

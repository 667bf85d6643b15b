package dev.twinstack.admission;

import dev.twinstack.allocation.AddressRequest;
import java.util.List;

/// What a Service turns out to be to the one who gives addresses.
public sealed interface ServiceReading {

    /// Not a LoadBalancer: it has no addresses of ours, and keeps none.
    record NotLoadBalancer() implements ServiceReading {}

    /// A LoadBalancer of somebody else's class: nothing of it is ever touched.
    record OtherClass() implements ServiceReading {}

    /// It has no clusterIP yet, so its families are not known: left as it is until it has.
    record NoClusterIp() implements ServiceReading {}

    /// It asks wrongly; `errors` is not empty.
    record Wrong(List<ServiceError> errors) implements ServiceReading {
        public Wrong {
            errors = List.copyOf(errors);
        }
    }

    record Asks(AddressRequest request) implements ServiceReading {}
}

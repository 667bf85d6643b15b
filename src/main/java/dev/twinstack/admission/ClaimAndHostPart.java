package dev.twinstack.admission;

import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.net.IpAddress;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// What a Service asks by Twinstack's own annotations.
record ClaimAndHostPart(Optional<ClaimKey> claim, boolean hostPart) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    /// @param wanted the addresses that the Service names
    static ClaimAndHostPart read(
            Service service, List<IpAddress> wanted, Consumer<ServiceError> errors) {
        return new ClaimAndHostPart(claim(service, errors), hostPart(service, wanted, errors));
    }

    private static Optional<ClaimKey> claim(Service service, Consumer<ServiceError> errors) {
        Optional<String> name = ServiceAnnotations.own(service, ServiceAnnotations.CLAIM);
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            errors.accept(
                    ServiceError.annotation(
                            ServiceAnnotations.CLAIM,
                            "must be the name of an AddressClaim of this namespace, not \"%.80s\""
                                    .formatted(name.get())));
            return Optional.empty();
        }
        return name.map(its -> new ClaimKey(service.getMetadata().getNamespace(), its));
    }

    private static boolean hostPart(
            Service service, List<IpAddress> wanted, Consumer<ServiceError> errors) {
        String value =
                ServiceAnnotations.own(service, ServiceAnnotations.HOST_PART).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            errors.accept(
                    ServiceError.annotation(
                            ServiceAnnotations.HOST_PART,
                            "must be true or false, not \"%.80s\"".formatted(value)));
        } else if (value.equals("true") && wanted.isEmpty()) {
            errors.accept(
                    ServiceError.annotation(
                            ServiceAnnotations.HOST_PART,
                            "needs the host parts in " + ServiceAnnotations.LOAD_BALANCER_IPS));
        }
        return value.equals("true");
    }
}

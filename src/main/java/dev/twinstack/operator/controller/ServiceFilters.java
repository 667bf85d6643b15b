package dev.twinstack.operator.controller;

import io.fabric8.kubernetes.api.model.Service;

/// Which Services are worth a look: LoadBalancers, and those that carry our marks and are not
/// LoadBalancers any more.
final class ServiceFilters {

    private ServiceFilters() {}

    static boolean added(Service service) {
        return concernsUs(service);
    }

    static boolean updated(Service after, Service before) {
        return concernsUs(after) || concernsUs(before);
    }

    private static boolean concernsUs(Service service) {
        return (service.getSpec() != null && "LoadBalancer".equals(service.getSpec().getType()))
                || ServiceStatusEdit.isMarked(service);
    }
}

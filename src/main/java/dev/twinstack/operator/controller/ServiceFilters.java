package dev.twinstack.operator.controller;

import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnAddFilter;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnDeleteFilter;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;

/// Which Services are worth a look: LoadBalancers, and those that carry our marks and are not
/// LoadBalancers any more. Public for the operator SDK, which makes the filters.
public final class ServiceFilters {

    private ServiceFilters() {}

    private static boolean concernsUs(Service service) {
        return (service.getSpec() != null && "LoadBalancer".equals(service.getSpec().getType()))
                || ServiceStatusEdit.isMarked(service);
    }

    public static final class Added implements OnAddFilter<Service> {
        public Added() {}

        @Override
        public boolean accept(Service service) {
            return concernsUs(service);
        }
    }

    public static final class Updated implements OnUpdateFilter<Service> {
        public Updated() {}

        @Override
        public boolean accept(Service after, Service before) {
            return concernsUs(after) || concernsUs(before);
        }
    }

    public static final class Deleted implements OnDeleteFilter<Service> {
        public Deleted() {}

        @Override
        public boolean accept(Service service, Boolean finalStateUnknown) {
            return concernsUs(service);
        }
    }
}

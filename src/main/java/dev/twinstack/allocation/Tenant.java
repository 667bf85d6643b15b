package dev.twinstack.allocation;

/// A Service on an address: it holds it, or only has it reserved since admission.
record Tenant(ServiceKey service, Sharing sharing, boolean reservation) {

    boolean isSameTenancy(ServiceKey other, boolean otherReservation) {
        return service.equals(other) && reservation == otherReservation;
    }
}

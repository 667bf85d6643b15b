package dev.twinstack.operator.controller;

import dev.twinstack.operator.TrimmedStore;
import io.fabric8.kubernetes.api.model.Service;

/// The Services in the operator SDK's cache. Public for the SDK, which makes it.
public final class TrimmedServices extends TrimmedStore<Service> {

    public TrimmedServices() {}
}

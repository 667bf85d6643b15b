package dev.twinstack.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.config.Cloner;

/// A look at a Service changes nothing in it: what is written is a copy. So it gets the object of
/// the cache itself. Claims are copied: the SDK puts finalizers into what it has.
///
/// @param others copies everything else
record ServicesUncopied(Cloner others) implements Cloner {

    @Override
    public <R extends HasMetadata> R clone(R object) {
        return object instanceof Service ? object : others.clone(object);
    }
}

package dev.twinstack.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;

/// Keeps objects without their `managedFields`, which are often half of them and nothing here looks
/// at.
public class TrimmedStore<T extends HasMetadata> extends BasicItemStore<T> {

    public TrimmedStore() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public T put(String key, T object) {
        object.getMetadata().setManagedFields(null);
        return super.put(key, object);
    }
}

package dev.twinstack.operator;

import dev.twinstack.config.ConfigError;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One kind of objects kept up to date in memory. It tries again for ever, with one line in the log
/// per new reason: the kind may not be known to the API server yet, or not be allowed to us.
public final class WatchedKind<T extends HasMetadata> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WatchedKind.class);

    private final String name;
    private final SharedIndexInformer<T> informer;
    private volatile String trouble = "";

    /// @param name for the log, as `ipaddresspools.metallb.io`
    /// @param matters whether a change from the first to the second object is worth a signal
    /// @param signal told of each change that matters, with the object as it is or was last, on the
    ///   informer's thread
    public WatchedKind(
            String name, Informable<T> objects, BiPredicate<T, T> matters, Consumer<T> signal) {
        this.name = name;
        this.informer =
                objects.runnableInformer(0)
                        .itemStore(new TrimmedStore<>())
                        .exceptionHandler((started, failure) -> {
                            failed(failure);
                            return true;
                        });
        informer.addEventHandler(
                new ResourceEventHandler<T>() {
                    @Override
                    public void onAdd(T object) {
                        signal.accept(object);
                    }

                    @Override
                    public void onUpdate(T before, T after) {
                        if (matters.test(before, after)) {
                            signal.accept(after);
                        }
                    }

                    @Override
                    public void onDelete(T object, boolean finalStateUnknown) {
                        signal.accept(object);
                    }
                });
    }

    /// Lets [#byIndex] find objects by these values. To be called before [#start].
    public WatchedKind<T> indexed(String index, Function<T, List<String>> values) {
        informer.addIndexers(Map.of(index, values));
        return this;
    }

    /// Returns at once; whether it has worked is seen by [#isSynced].
    public void start() {
        informer.start().whenComplete((done, failure) -> trouble = "");
    }

    /// Whether the objects have been listed once.
    public boolean isSynced() {
        return informer.hasSynced();
    }

    /// Why there are no objects yet; empty if there are.
    public Optional<String> missing() {
        if (isSynced()) {
            return Optional.empty();
        }
        return Optional.of(trouble.isEmpty() ? name + " not listed yet" : name + ": " + trouble);
    }

    /// Those that can be read.
    public List<T> list() {
        return informer.getStore().list().stream().filter(Unreadable::isReadable).toList();
    }

    /// What is wrong with the others.
    List<ConfigError> unreadable() {
        return informer.getStore().list().stream()
                .map(Unreadable::error)
                .flatMap(Optional::stream)
                .toList();
    }

    /// The objects with this value, see [#indexed].
    public List<T> byIndex(String index, String value) {
        return informer.getIndexer().byIndex(index, value);
    }

    /// @param key `namespace/name`, or the name of a cluster-wide object
    public Optional<T> find(String key) {
        return Optional.ofNullable(informer.getStore().getByKey(key));
    }

    @Override
    public void close() {
        informer.stop();
    }

    private void failed(Throwable failure) {
        String reason = Reasons.of(failure);
        if (!reason.equals(trouble)) {
            trouble = reason;
            log.atWarn()
                    .addKeyValue("kind", name)
                    .addKeyValue("reason", reason)
                    .log("Cannot watch, trying again");
        }
    }
}

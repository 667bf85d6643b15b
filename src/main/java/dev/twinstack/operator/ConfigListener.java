package dev.twinstack.operator;

/// Told of every new snapshot, in order, on the store's thread: return soon. Snapshots that follow
/// each other closely come as one.
@FunctionalInterface
public interface ConfigListener {

    void changed(ConfigSnapshot snapshot);
}

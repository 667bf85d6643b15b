package dev.twinstack.allocation;

import dev.twinstack.net.IpFamily;

/// What a waiting Service waits for, and what a release gives: a whole address of a family in a
/// pool (`sharingKey` empty), or a place on an address shared under a key.
public record Room(String pool, IpFamily family, String sharingKey) {

    static Room whole(String pool, IpFamily family) {
        return new Room(pool, family, "");
    }

    /// Whether this is a whole address.
    public boolean isWhole() {
        return sharingKey.isEmpty();
    }
}

package dev.twinstack.allocation;

import dev.twinstack.net.IpFamily;

/// What a waiting Service waits for, and what a release gives.
public sealed interface Room {

    /// A whole address of a family in a pool.
    record Whole(String pool, IpFamily family) implements Room {}

    /// A place on an address shared under a key.
    record Shared(String pool, IpFamily family, String sharingKey) implements Room {}

    /// One more address that a namespace may have under the pool's quota.
    record UnderQuota(String pool, IpFamily family, String namespace) implements Room {}

    /// A place on the addresses of a claim.
    record OfClaim(ClaimKey claim) implements Room {}
}

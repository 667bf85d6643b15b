package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Which addresses one request may have, pool by pool: what the pool gives, what others leave, what
/// the quota of the namespace allows.
record AddressRights(Tenancies tenancies, AddressRequest request, Applicant applicant) {

    boolean gives(PoolState pool, IpAddress address) {
        return tenancies.pools().gives(pool, address);
    }

    Optional<Refusal> conflict(IpAddress address) {
        return tenancies.conflict(address, applicant);
    }

    /// What of all that keeps the applicant off an address of the pool.
    Optional<Refusal> obstacle(PoolState pool, IpAddress address) {
        Optional<Refusal> conflict = conflict(address);
        return conflict.isPresent() || isInQuota(address)
                ? conflict
                : overQuota(pool, address.family(), 1);
    }

    boolean mayHave(PoolState pool, IpAddress address) {
        return gives(pool, address) && obstacle(pool, address).isEmpty();
    }

    /// Whether the Service itself is on the address already, as holder or by reservation.
    boolean isTenant(IpAddress address) {
        return tenancies.on(address).tenants().stream()
                .anyMatch(tenant -> tenant.service().equals(request.service()));
    }

    /// Whether the address counts for the namespace already, and costs nothing more.
    boolean isInQuota(IpAddress address) {
        return tenancies.on(address).namespaces().contains(request.service().namespace());
    }

    /// Why the namespace can't have so many more addresses of the pool.
    Optional<Refusal> overQuota(PoolState pool, IpFamily family, int more) {
        if (!pool.pool().policy().hasQuotas()) {
            return Optional.empty();
        }
        String namespace = request.service().namespace();
        OptionalLong limit =
                pool.pool().policy().limit(namespace, request.namespaceLabels(), family);
        long used = pool.space(family).usedBy(namespace);
        return limit.isEmpty() || used + more <= limit.getAsLong()
                ? Optional.empty()
                : Optional.of(
                        new Refusal.QuotaExceeded(
                                pool.name(),
                                namespace,
                                family,
                                used,
                                limit.getAsLong(),
                                pool.pool().policy().whenFull()));
    }

    /// All that could come free for this request in a pool.
    Set<Room> rooms(PoolState pool, IpFamily family) {
        Set<Room> rooms = joining(pool, family);
        rooms.add(new Room.Whole(pool.name(), family));
        return rooms;
    }

    /// The rooms to wait for behind an obstacle.
    Set<Room> rooms(PoolState pool, IpFamily family, Refusal obstacle) {
        if (obstacle instanceof Refusal.QuotaExceeded) {
            Set<Room> rooms = joining(pool, family);
            rooms.add(new Room.UnderQuota(pool.name(), family, request.service().namespace()));
            return rooms;
        }
        return rooms(pool, family);
    }

    private Set<Room> joining(PoolState pool, IpFamily family) {
        Set<Room> rooms = new HashSet<>();
        if (request.sharing().isShared()) {
            rooms.add(new Room.Shared(pool.name(), family, request.sharing().key()));
        }
        return rooms;
    }
}

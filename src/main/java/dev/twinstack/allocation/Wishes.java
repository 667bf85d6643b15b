package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The addresses that a request names, as addresses of a pool.
record Wishes(AddressRequest request, PoolTable pools) {

    boolean isEmpty() {
        return request.wanted().isEmpty();
    }

    /// What the request names in this pool, one address for each that it wants; null where the pool
    /// does not have all of them.
    @Nullable List<IpAddress> in(PoolState pool) {
        List<IpAddress> found = new ArrayList<>();
        for (IpAddress wanted : request.wanted()) {
            IpAddress address = request.hostParts() ? withHostPart(pool, wanted) : wanted;
            if (address == null || !pools.gives(pool, address)) {
                return null;
            }
            found.add(address);
        }
        return found;
    }

    /// Whether all that the request names is among these addresses of the pool. A host part may be
    /// that of any range: who has it keeps it when the ranges change places.
    boolean areMet(PoolState pool, List<IpAddress> addresses) {
        return request.wanted().stream()
                .allMatch(wanted -> addresses.stream().anyMatch(a -> isMet(pool, wanted, a)));
    }

    /// Whether the address of the pool is one that the request names.
    boolean names(PoolState pool, IpAddress address) {
        return request.wanted().stream().anyMatch(wanted -> isMet(pool, wanted, address));
    }

    private boolean isMet(PoolState pool, IpAddress wanted, IpAddress address) {
        return request.hostParts()
                ? pool.pool().ranges().stream()
                        .filter(range -> range.contains(address))
                        .anyMatch(range -> address.equals(HostPart.in(range, wanted)))
                : address.equals(wanted);
    }

    private @Nullable IpAddress withHostPart(PoolState pool, IpAddress part) {
        for (IpRange range : pool.pool().ranges()) {
            if (range.family() == part.family()) {
                IpAddress address = HostPart.in(range, part);
                if (address != null && pools.gives(pool, address)) {
                    return address;
                }
            }
        }
        return null;
    }
}

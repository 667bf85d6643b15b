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

    /// Whether these addresses of the pool are all that the request names.
    boolean areMet(PoolState pool, List<IpAddress> addresses) {
        if (isEmpty()) {
            return true;
        }
        List<IpAddress> named = in(pool);
        return named != null && addresses.containsAll(named);
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

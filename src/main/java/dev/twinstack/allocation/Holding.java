package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.util.List;

/// What a Service has in the index. `pool` is empty when no pool has all of these addresses any
/// more: the Service must move, and until it does nobody else gets them.
public record Holding(String pool, List<IpAddress> addresses, Sharing sharing) {

    static final Holding NOTHING = new Holding("", List.of(), Sharing.NONE);

    public Holding {
        addresses = List.copyOf(addresses);
    }

    public boolean isEmpty() {
        return addresses.isEmpty();
    }
}

package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Addresses that are kept for a Service that was deleted: a Service of its name gets them back by
/// itself until `keepUntil` (then they are `cooling`), nobody else gets them before `reusableFrom`.
public record Retained(
        ServiceKey service,
        List<IpAddress> addresses,
        Instant keepUntil,
        Instant reusableFrom,
        boolean cooling) {

    public Retained {
        addresses = List.copyOf(addresses);
        reusableFrom = reusableFrom.isBefore(keepUntil) ? keepUntil : reusableFrom;
    }

    boolean hasTimesOf(Retained other) {
        return keepUntil.equals(other.keepUntil) && reusableFrom.equals(other.reusableFrom);
    }

    /// The same for more addresses, in the order of addresses.
    Retained with(List<IpAddress> more) {
        return new Retained(
                service,
                Stream.concat(addresses.stream(), more.stream()).sorted().toList(),
                keepUntil,
                reusableFrom,
                cooling);
    }

    Retained cooled() {
        return new Retained(service, addresses, keepUntil, reusableFrom, true);
    }

    /// Null if nothing is left.
    @Nullable Retained without(List<IpAddress> gone) {
        List<IpAddress> left = addresses.stream().filter(a -> !gone.contains(a)).toList();
        return left.isEmpty()
                ? null
                : new Retained(service, left, keepUntil, reusableFrom, cooling);
    }
}

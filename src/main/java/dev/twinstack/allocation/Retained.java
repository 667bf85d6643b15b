package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is kept for a Service that was deleted: a Service of its name gets it back by itself until
/// `keepUntil` (then it is `cooling`), nobody else gets it before `reusableFrom`.
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

    /// Together with what was kept before: all of it as long as the longer one of both says.
    Retained and(Retained before) {
        List<IpAddress> all = new ArrayList<>(addresses);
        before.addresses.stream().filter(a -> !all.contains(a)).forEach(all::add);
        return new Retained(
                service,
                all,
                later(keepUntil, before.keepUntil),
                later(reusableFrom, before.reusableFrom),
                false);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
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

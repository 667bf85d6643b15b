package dev.twinstack.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.testing.conformance.Fields;
import java.util.Locale;

/// Compares `expect.counters` with the counters of a pool. The data name them per pool, or with a
/// `pool` field; the spelling of a counter may be that of the status, of the metrics or shorter.
final class Counters {

    private Counters() {}

    static void check(Allocator allocator, Fields counters) {
        if (counters.has("pool")) {
            check(allocator.usage(counters.text("pool")).orElseThrow(), counters);
            return;
        }
        for (String name : counters.names()) {
            if (allocator.usage(name).isEmpty()) {
                check(allocator.usage().getFirst(), counters);
                return;
            }
            check(allocator.usage(name).orElseThrow(), counters.object(name));
        }
        counters.end();
    }

    private static void check(PoolUsage usage, Fields counters) {
        counters.remarks("pool");
        for (String name : counters.names()) {
            if (!name.equals("pool")) {
                assertThat(value(usage, name))
                        .as(name + " of " + usage.pool())
                        .isEqualTo(counters.number(name));
            }
        }
        counters.end();
    }

    private static long value(PoolUsage usage, String name) {
        return switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
            case "total" -> usage.total();
            case "ipv4", "totalipv4", "ipv4total" -> usage.ipv4().total();
            case "ipv6", "totalipv6", "ipv6total" -> usage.ipv6().total();
            case "inuse", "assigned" -> usage.assigned();
            case "assignedipv4", "ipv4inuse", "inuseipv4", "ipv4assigned" ->
                    usage.ipv4().assigned();
            case "assignedipv6", "ipv6inuse", "inuseipv6", "ipv6assigned" ->
                    usage.ipv6().assigned();
            case "availableipv4", "ipv4available" -> usage.ipv4().available();
            case "availableipv6", "ipv6available" -> usage.ipv6().available();
            default -> throw new AssertionError("unknown counter " + name);
        };
    }
}

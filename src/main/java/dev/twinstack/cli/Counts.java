package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/// Counters of addresses, as the API tells them, in words.
final class Counts {

    private Counts() {}

    /// `3 of 14`; empty where the pool has no addresses of the family.
    static String free(JsonNode family) {
        long total = family.path("total").asLong();
        return total == 0 ? "" : number(unused(family)) + " of " + number(total);
    }

    /// What the next Service can get.
    static long unused(JsonNode family) {
        long total = family.path("total").asLong();
        return total == Long.MAX_VALUE
                ? total
                : total - family.path("assigned").asLong() - family.path("reserved").asLong();
    }

    /// The counters are saturated there.
    static String number(long count) {
        return count == Long.MAX_VALUE ? "2^63 or more" : Long.toString(count);
    }

    static String joined(JsonNode texts) {
        StringJoiner joined = new StringJoiner(",");
        texts.forEach(text -> joined.add(text.asText()));
        return joined.toString();
    }
}

package dev.twinstack.bgp;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What is said with every route to one peer. May change while the session stands: the routes are
/// sent again.
///
/// @param nextHops this node's address of each family, for routes of the family the session is not
///   carried over
/// @param ownNextHops next hops that come before the session's own address
/// @param med MULTI_EXIT_DISC, the lower the better; empty sends none
/// @param prepend how often our AS number stands in the path in addition, towards eBGP peers
/// @param gracefulShutdown whether all routes carry GRACEFUL_SHUTDOWN (RFC 8326), with LOCAL_PREF 0
///   towards iBGP peers
/// @param drainTime how long they carry it before they are withdrawn, when the session is shut
///   down; empty: at the discretion of who does so
public record ExportPolicy(
        Map<IpFamily, IpAddress> nextHops,
        Map<IpFamily, IpAddress> ownNextHops,
        OptionalLong med,
        int prepend,
        boolean gracefulShutdown,
        Optional<Duration> drainTime) {

    /// Nothing special.
    public static final ExportPolicy NONE =
            new ExportPolicy(Map.of(), Map.of(), OptionalLong.empty(), 0, false, Optional.empty());

    public static final int MAX_PREPEND = 16;
    public static final Duration MAX_DRAIN_TIME = Duration.ofMinutes(10);

    public ExportPolicy {
        nextHops = frozen(nextHops);
        ownNextHops = frozen(ownNextHops);
        if (med.isPresent() && (med.getAsLong() < 0 || med.getAsLong() > 0xffff_ffffL)) {
            throw new IllegalArgumentException("a MED has 32 bits, not " + med.getAsLong());
        }
        drainTime.ifPresent(time -> {
            if (time.isNegative() || time.compareTo(MAX_DRAIN_TIME) > 0) {
                throw new IllegalArgumentException(
                        "drain time %s is not 0 s to %d s"
                                .formatted(time, MAX_DRAIN_TIME.toSeconds()));
            }
        });
        if (prepend < 0 || prepend > MAX_PREPEND) {
            throw new IllegalArgumentException(
                    "prepend %d is not in 0..%d".formatted(prepend, MAX_PREPEND));
        }
    }

    /// The same while traffic is being moved away.
    public ExportPolicy withGracefulShutdown(boolean inForce) {
        return new ExportPolicy(nextHops, ownNextHops, med, prepend, inForce, drainTime);
    }

    private static Map<IpFamily, IpAddress> frozen(Map<IpFamily, IpAddress> nextHops) {
        nextHops.forEach((family, address) -> {
            if (address.family() != family) {
                throw new IllegalArgumentException(
                        "next hop %s is not an address of the family named".formatted(address));
            }
        });
        return nextHops.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(nextHops));
    }
}

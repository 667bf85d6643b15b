package dev.twinstack.allocation;

import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What an AddressPolicy adds to a pool. [#NONE] is MetalLB's behaviour.
///
/// - `excluded`: addresses that don't belong to the pool, not even on request, as with
///   `avoidBuggyIPs`: they count in no total, and a Service that holds one must move.
/// - `whenFull`: what admission answers when only waiting would help.
/// - `quotas`: each one that names a namespace holds for it.
/// - `retention`: for how long the addresses of a deleted Service are kept.
/// - `upgradeToDualStack`: Services that name no family policy are to prefer two families. For
///   admission; the engine only carries it.
/// - `pairing`: how the two addresses of a dual-stack Service go together.
/// - `drain`: the pool gives no new addresses, and its Services move to another one.
public record PoolPolicy(
        List<IpRange> excluded,
        WhenFull whenFull,
        List<Quota> quotas,
        Retention retention,
        boolean upgradeToDualStack,
        Pairing pairing,
        Optional<Drain> drain) {

    public static final PoolPolicy NONE =
            new PoolPolicy(
                    List.of(),
                    WhenFull.WAIT,
                    List.of(),
                    Retention.NONE,
                    false,
                    Pairing.NONE,
                    Optional.empty());

    public PoolPolicy {
        excluded = List.copyOf(excluded);
        quotas = List.copyOf(quotas);
    }

    boolean hasQuotas() {
        return !quotas.isEmpty();
    }

    /// The tightest quota of the namespace; empty if it may have any number.
    OptionalLong limit(String namespace, Map<String, String> labels, IpFamily family) {
        return quotas.stream()
                .filter(quota -> quota.isFor(namespace, labels))
                .map(quota -> quota.limit(family))
                .flatMapToLong(OptionalLong::stream)
                .min();
    }
}

package dev.twinstack.config;

import static java.util.stream.Collectors.joining;

import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolPolicy;
import dev.twinstack.config.PolicyReader.Written;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Brings policies and pools together, older policies first. A policy holds for those of its pools
/// that are there and are nobody else's; what it says of others is said in its errors.
final class PolicyTargets {

    private final Map<String, Pool> pools = new HashMap<>();
    private final Map<String, PolicyInForce> byPool = new HashMap<>();

    PolicyTargets(List<Pool> pools) {
        pools.forEach(pool -> this.pools.put(pool.name(), pool));
    }

    /// What of the policy can be in force. Never nothing: a policy without a pool waits for one.
    PolicyInForce admit(Written written, Problems problems) {
        List<String> own = new ArrayList<>();
        for (int i = 0; i < written.targets().size(); i++) {
            String path = "spec.targetRefs[%d]".formatted(i);
            String pool = written.targets().get(i);
            PolicyInForce elder = byPool.get(pool);
            if (!pools.containsKey(pool)) {
                problems.missing(path, "there is no IPAddressPool %s".formatted(pool));
            } else if (elder != null) {
                problems.conflict(
                        path,
                        "AddressPolicy %s, which is older, is in force on pool %s"
                                .formatted(elder.name(), pool));
            } else {
                own.add(pool);
            }
        }
        checkExcluded(written, problems);
        PolicyInForce inForce =
                new PolicyInForce(written.name(), own, withoutBadDrain(written, problems));
        own.forEach(pool -> byPool.put(pool, inForce));
        return inForce;
    }

    /// The pools, each with the policy that is in force on it.
    List<Pool> pools() {
        return pools.values().stream()
                .map(pool ->
                        Optional.ofNullable(byPool.get(pool.name()))
                                .map(its -> pool.withPolicy(its.policy()))
                                .orElse(pool))
                .toList();
    }

    /// Only where all pools are there: the addresses may be those of one that is still to come.
    private void checkExcluded(Written written, Problems problems) {
        if (!pools.keySet().containsAll(written.targets())) {
            return;
        }
        List<IpRange> ranges =
                written.targets().stream()
                        .flatMap(name -> Stream.ofNullable(pools.get(name)))
                        .flatMap(pool -> pool.ranges().stream())
                        .toList();
        List<IpRange> excluded = written.policy().excluded();
        for (int i = 0; i < excluded.size(); i++) {
            if (!covered(excluded.get(i), ranges)) {
                problems.invalid(
                        "spec.exclude[%d]".formatted(i),
                        "%s is not within the addresses of pool %s (%s)"
                                .formatted(
                                        excluded.get(i),
                                        String.join(", ", written.targets()),
                                        ranges.stream()
                                                .map(IpRange::toString)
                                                .collect(joining(", "))));
            }
        }
    }

    private static boolean covered(IpRange wanted, List<IpRange> ranges) {
        IpAddress next = wanted.first();
        while (true) {
            IpAddress start = next;
            Optional<IpRange> covering =
                    ranges.stream().filter(range -> range.contains(start)).findFirst();
            if (covering.isEmpty() || covering.get().contains(wanted.last())) {
                return covering.isPresent();
            }
            next = covering.get().last().next();
        }
    }

    /// Services must not be sent where they can't stay: without a pool to move to the old one goes
    /// on serving.
    private PoolPolicy withoutBadDrain(Written written, Problems problems) {
        PoolPolicy policy = written.policy();
        if (policy.drain().isEmpty()) {
            return policy;
        }
        String path = "spec.drain.replacement";
        String replacement = policy.drain().get().replacement();
        PolicyInForce its = byPool.get(replacement);
        if (!pools.containsKey(replacement)) {
            problems.missing(
                    path,
                    "there is no IPAddressPool %s; nothing is drained".formatted(replacement));
        } else if (its != null && its.policy().drain().isPresent()) {
            problems.conflict(
                    path,
                    "pool %s is drained itself by AddressPolicy %s; nothing is drained"
                            .formatted(replacement, its.name()));
        } else {
            return policy;
        }
        return new PoolPolicy(
                policy.excluded(),
                policy.whenFull(),
                policy.quotas(),
                policy.retention(),
                policy.upgradeToDualStack(),
                policy.pairing(),
                Optional.empty());
    }
}

package dev.twinstack.config;

import dev.twinstack.allocation.Drain;
import dev.twinstack.allocation.Pairing;
import dev.twinstack.allocation.PoolPolicy;
import dev.twinstack.allocation.Quota;
import dev.twinstack.allocation.Retention;
import dev.twinstack.allocation.WhenFull;
import dev.twinstack.crd.AddressPolicy;
import dev.twinstack.crd.AddressPolicySpec;
import dev.twinstack.crd.AddressPolicySpec.DualStack;
import dev.twinstack.crd.AddressPolicySpec.TargetRef;
import dev.twinstack.net.IpRange;
import dev.twinstack.selector.LabelSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One AddressPolicy by itself; [PolicyTargets] looks at them together and at the pools. What the
/// schema refuses is checked again, for objects that were stored before it did.
final class PolicyReader {

    /// A policy and the pools that it names.
    record Written(String name, List<String> targets, PoolPolicy policy) {
        Written {
            targets = List.copyOf(targets);
        }
    }

    private static final Duration LONGEST = Duration.ofDays(365);

    private final Problems problems;

    PolicyReader(Problems problems) {
        this.problems = problems;
    }

    /// The policy, if nothing is wrong with it.
    Optional<Written> read(AddressPolicy object) {
        AddressPolicySpec spec = object.getSpec();
        if (spec == null || spec.targetRefs().isEmpty()) {
            problems.invalid("spec.targetRefs", "a policy needs at least one pool");
            return Optional.empty();
        }
        List<String> targets = targets(spec.targetRefs());
        PoolPolicy policy =
                new PoolPolicy(
                        excluded(spec.exclude()),
                        spec.whenFull() == AddressPolicySpec.WhenFull.REFUSE
                                ? WhenFull.REFUSE
                                : WhenFull.WAIT,
                        quotas(spec.quotas()),
                        Optional.ofNullable(spec.retention())
                                .map(this::retention)
                                .orElse(Retention.NONE),
                        upgrades(spec.dualStack()),
                        pairs(spec.dualStack()) ? Pairing.SUFFIX : Pairing.NONE,
                        Optional.ofNullable(spec.drain()).flatMap(its -> drain(its, targets)));
        return problems.isEmpty()
                ? Optional.of(new Written(object.getMetadata().getName(), targets, policy))
                : Optional.empty();
    }

    private List<String> targets(List<TargetRef> written) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            TargetRef target = written.get(i);
            String path = "spec.targetRefs[%d]".formatted(i);
            if (target.group() != null && !target.group().equals("metallb.io")) {
                problems.invalid(path + ".group", "must be metallb.io");
            }
            if (target.kind() != null && !target.kind().equals("IPAddressPool")) {
                problems.invalid(path + ".kind", "must be IPAddressPool");
            }
            names.add(String.valueOf(target.name()));
        }
        problems.refuseRepeats("spec.targetRefs", names);
        return names;
    }

    private List<IpRange> excluded(List<String> written) {
        List<IpRange> ranges = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            String text = written.get(i);
            problems.read("spec.exclude[%d]".formatted(i), () -> RangeText.parse(text))
                    .ifPresent(ranges::add);
        }
        return ranges;
    }

    private List<Quota> quotas(List<AddressPolicySpec.Quota> written) {
        List<Quota> quotas = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            AddressPolicySpec.Quota quota = written.get(i);
            String path = "spec.quotas[%d]".formatted(i);
            problems.refuseRepeats(path + ".namespaces", quota.namespaces());
            List<LabelSelector> selectors =
                    quota.namespaceSelector() == null
                            ? List.of()
                            : List.of(
                                    Selectors.one(
                                            problems,
                                            path + ".namespaceSelector",
                                            quota.namespaceSelector()));
            if (quota.ipv4() == null && quota.ipv6() == null) {
                problems.invalid(path, "a quota needs ipv4 or ipv6");
            }
            quotas.add(
                    new Quota(
                            new HashSet<>(quota.namespaces()),
                            selectors,
                            limit(path + ".ipv4", quota.ipv4()),
                            limit(path + ".ipv6", quota.ipv6())));
        }
        return quotas;
    }

    private OptionalLong limit(String path, @Nullable Long written) {
        if (written == null) {
            return OptionalLong.empty();
        }
        if (written < 0) {
            problems.invalid(path, "%d is negative".formatted(written));
            return OptionalLong.empty();
        }
        return OptionalLong.of(written);
    }

    private Retention retention(AddressPolicySpec.Retention written) {
        if (written.keepAfterDelete() == null && written.reuseAfter() == null) {
            problems.invalid("spec.retention", "needs keepAfterDelete or reuseAfter");
        }
        return new Retention(
                duration("spec.retention.keepAfterDelete", written.keepAfterDelete()),
                duration("spec.retention.reuseAfter", written.reuseAfter()));
    }

    private static boolean upgrades(@Nullable DualStack written) {
        return written != null && written.upgrade() == AddressPolicySpec.Upgrade.ALWAYS;
    }

    private static boolean pairs(@Nullable DualStack written) {
        return written != null && written.pairing() == AddressPolicySpec.Pairing.SUFFIX;
    }

    private Optional<Drain> drain(AddressPolicySpec.Drain written, List<String> targets) {
        String path = "spec.drain.replacement";
        Duration overlap = duration("spec.drain.overlap", written.overlap());
        if (written.replacement() == null || written.replacement().isEmpty()) {
            problems.invalid(path, "a drain needs a pool to move to");
            return Optional.empty();
        }
        if (targets.contains(written.replacement())) {
            problems.invalid(path, "pool %s is drained itself".formatted(written.replacement()));
            return Optional.empty();
        }
        return Optional.of(new Drain(written.replacement(), overlap));
    }

    /// 0 where nothing, or nothing usable, is written.
    private Duration duration(String path, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Duration.ZERO;
        }
        Duration duration = problems.read(path, () -> GoDuration.parse(text)).orElse(Duration.ZERO);
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            problems.invalid(path, "%s is not between 0s and 8760h".formatted(text));
            return Duration.ZERO;
        }
        return duration;
    }
}

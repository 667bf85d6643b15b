package dev.twinstack.config;

import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolScope;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.IPAddressPoolSpec;
import dev.twinstack.crd.ServiceAllocation;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// One IPAddressPool by itself; [PoolOverlaps] looks at them together.
final class PoolReader {

    private final Problems problems;

    PoolReader(Problems problems) {
        this.problems = problems;
    }

    /// The pool, if nothing is wrong with it.
    Optional<Pool> read(IPAddressPool object) {
        IPAddressPoolSpec spec = object.getSpec();
        if (spec == null || spec.addresses().isEmpty()) {
            problems.invalid("spec.addresses", "a pool needs at least one range of addresses");
            return Optional.empty();
        }
        List<IpRange> ranges = ranges(spec.addresses());
        Optional<PoolScope> scope = Optional.ofNullable(spec.serviceAllocation()).map(this::scope);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Pool(
                        object.getMetadata().getName(),
                        ranges,
                        spec.autoAssign() == null || spec.autoAssign(),
                        spec.avoidBuggyIPs(),
                        scope));
    }

    private List<IpRange> ranges(List<String> addresses) {
        List<IpRange> ranges = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            String text = addresses.get(i);
            String path = "spec.addresses[%d]".formatted(i);
            problems.read(path, () -> RangeText.parse(text))
                    .ifPresent(range -> addSeparate(path, range, ranges));
        }
        return ranges;
    }

    private void addSeparate(String path, IpRange range, List<IpRange> ranges) {
        ranges.stream()
                .filter(range::overlaps)
                .findFirst()
                .ifPresent(other ->
                        problems.invalid(
                                path, "%s overlaps %s of this pool".formatted(range, other)));
        ranges.add(range);
    }

    private PoolScope scope(ServiceAllocation written) {
        String path = "spec.serviceAllocation";
        problems.refuseRepeats(path + ".namespaces", written.namespaces());
        return new PoolScope(
                Math.clamp(written.priority(), Integer.MIN_VALUE, Integer.MAX_VALUE),
                new HashSet<>(written.namespaces()),
                Selectors.distinct(
                        problems, path + ".namespaceSelectors", written.namespaceSelectors()),
                Selectors.distinct(
                        problems, path + ".serviceSelectors", written.serviceSelectors()));
    }
}

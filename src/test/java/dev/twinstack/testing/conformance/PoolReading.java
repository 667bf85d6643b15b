package dev.twinstack.testing.conformance;

import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolScope;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import dev.twinstack.selector.LabelSelector;
import dev.twinstack.selector.LabelSelector.Operator;
import dev.twinstack.selector.LabelSelector.Requirement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Pools of the conformance data: fields as in `IPAddressPool.spec`.
public final class PoolReading {

    private PoolReading() {}

    public static Pool pool(Fields fields) {
        Optional<PoolScope> scope =
                fields.has("serviceAllocation")
                        ? Optional.of(scope(fields.object("serviceAllocation")))
                        : Optional.empty();
        Pool pool =
                new Pool(
                        fields.text("name"),
                        fields.texts("addresses").stream().map(PoolReading::range).toList(),
                        fields.flag("autoAssign", true),
                        fields.flag("avoidBuggyIPs", false),
                        scope);
        fields.end();
        return pool;
    }

    private static PoolScope scope(Fields fields) {
        PoolScope scope =
                new PoolScope(
                        fields.has("priority") ? (int) fields.number("priority") : 0,
                        Set.copyOf(fields.texts("namespaces")),
                        selectors(fields.objects("namespaceSelectors")),
                        selectors(fields.objects("serviceSelectors")));
        fields.end();
        return scope;
    }

    private static List<LabelSelector> selectors(List<Fields> selectors) {
        return selectors.stream().map(PoolReading::selector).toList();
    }

    private static LabelSelector selector(Fields fields) {
        LabelSelector selector =
                new LabelSelector(
                        fields.map("matchLabels"),
                        fields.objects("matchExpressions").stream()
                                .map(PoolReading::requirement)
                                .toList());
        fields.end();
        return selector;
    }

    private static Requirement requirement(Fields fields) {
        Requirement requirement =
                new Requirement(
                        fields.text("key"),
                        Operator.parse(fields.text("operator")),
                        fields.texts("values"));
        fields.end();
        return requirement;
    }

    private static IpRange range(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return IpPrefix.parse(text).range();
        }
        return new IpRange(
                IpAddress.parse(text.substring(0, dash).strip()),
                IpAddress.parse(text.substring(dash + 1).strip()));
    }
}

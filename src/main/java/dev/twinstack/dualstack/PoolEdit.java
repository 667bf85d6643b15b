package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.dualstack.Step.ObjectEdit;
import dev.twinstack.dualstack.Step.ObjectName;
import dev.twinstack.dualstack.Step.Restart;
import dev.twinstack.dualstack.calico.CalicoPatches;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The IPv6 pool: created, or one that is there put right.
final class PoolEdit {

    static final String GROUP = "crd.projectcalico.org";

    private PoolEdit() {}

    /// The IPv6 ranges of the pools that give addresses.
    static Stream<IpPrefix> ranges(ClusterObjects objects) {
        return objects.of(GROUP, "IPPool")
                .filter(pool -> !pool.at("/spec/disabled").asBoolean())
                .flatMap(pool -> range(pool).stream())
                .filter(range -> range.family() == IpFamily.IPV6);
    }

    static Optional<IpPrefix> range(JsonNode pool) {
        try {
            return Optional.of(IpPrefix.parse(pool.at("/spec/cidr").asText()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<ObjectEdit> plan(ClusterObjects objects, CalicoPatches.Values values) {
        Optional<JsonNode> there =
                objects.of(GROUP, "IPPool")
                        .filter(pool ->
                                range(pool).equals(Optional.of(IpPrefix.parse(values.cidr()))))
                        .findFirst();
        return there.isEmpty() ? Optional.of(create(values)) : correct(there.get(), values);
    }

    private static ObjectEdit create(CalicoPatches.Values values) {
        ObjectNode pool = CalicoPatches.pool(values);
        return new ObjectEdit(
                Phase.IP_POOL,
                ObjectName.of(pool),
                null,
                pool,
                "pods get their IPv6 addresses from it. First, because without it new pods fail"
                        + " and calico-node makes a pool of its own, which has no NAT",
                Restart.NONE);
    }

    private static Optional<ObjectEdit> correct(JsonNode pool, CalicoPatches.Values values) {
        List<String> why = new ArrayList<>();
        ObjectNode after = pool.deepCopy();
        ObjectNode spec = (ObjectNode) after.path("spec");
        if (!spec.path("vxlanMode").asText("Never").equals(values.vxlan())
                && !spec.path("vxlanMode").asText().equals("CrossSubnet")) {
            spec.put("vxlanMode", values.vxlan());
            why.add("with vxlanMode Never nothing carries IPv6 to the pods of other nodes");
        }
        if (!spec.path("ipipMode").asText("Never").equals("Never")) {
            spec.put("ipipMode", "Never");
            why.add("IPv6 has no IPIP");
        }
        if (spec.path("natOutgoing").asBoolean() != values.natOutgoing()) {
            spec.put("natOutgoing", values.natOutgoing());
            why.add(
                    values.natOutgoing()
                            ? "without NAT nobody answers pods with unique local addresses"
                            : "these addresses are routed, as wanted");
        }
        if (spec.path("disabled").asBoolean()) {
            spec.put("disabled", false);
            why.add("it is disabled");
        }
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ObjectEdit(
                                Phase.IP_POOL,
                                ObjectName.of(pool),
                                pool,
                                after,
                                String.join("; ", why),
                                Restart.NONE));
    }
}

package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import org.jspecify.annotations.Nullable;

/// Twinstack beside a Calico whose BIRD holds the sessions to the routers: port 179 of a node is
/// taken. Either Calico announces the addresses that Twinstack gives, or Twinstack announces to the
/// BIRD of its own node, which passes the routes on. Pure.
public final class CalicoCoexistence {

    private static final String LISTS = "serviceLoadBalancerIPs";

    private CalicoCoexistence() {}

    /// Who announces.
    public enum Way {
        /// Calico does: `serviceLoadBalancerIPs` of its BGPConfiguration.
        CALICO,
        /// Twinstack does, to BIRD at 127.0.0.1, which takes only routes inside Calico's IPPools.
        LOOPBACK
    }

    /// What changes, or why nothing may.
    ///
    /// @param hints what else there is to do, outside of Calico
    public record Outcome(List<Refusal> refusals, List<ObjectEdit> edits, List<String> hints) {}

    /// @param objects with Calico's BGPConfigurations, BGPPeers and IPPools
    /// @param pools the prefixes that Twinstack gives addresses of
    /// @param asn Twinstack's AS number, for the way over loopback
    public static Outcome plan(ClusterObjects objects, Way way, List<IpPrefix> pools, long asn) {
        List<Refusal> refusals = new ArrayList<>();
        String backend = CalicoCheck.backend(objects);
        if (!backend.isEmpty() && !backend.equals("bird")) {
            refusals.add(
                    new Refusal(
                            "ConfigMap kube-system/calico-config",
                            "calico_backend is \"%s\": no BIRD runs, and port 179 is free"
                                    .formatted(backend),
                            "nothing has to be done; let Twinstack hold the sessions to the routers"
                                    + " itself",
                            "kubectl get -n kube-system configmap/calico-config -o yaml"));
        }
        if (pools.isEmpty()) {
            refusals.add(
                    new Refusal(
                            "cluster",
                            "there is no IPAddressPool to announce addresses of",
                            "create one, or name its prefixes with --prefix",
                            "kubectl get -n metallb-system ipaddresspools"));
        }
        if (!refusals.isEmpty()) {
            return new Outcome(refusals, List.of(), List.of());
        }
        return switch (way) {
            case CALICO ->
                    new Outcome(
                            List.of(),
                            announce(objects, pools).stream().toList(),
                            List.of(
                                    "Twinstack needs no BGPPeer now: Calico's sessions carry the"
                                            + " routes. Keep bgpadvertisements for nothing else."));
            case LOOPBACK ->
                    new Outcome(
                            List.of(), loopback(objects, pools, asn), loopbackHints(objects, asn));
        };
    }

    private static Optional<ObjectEdit> announce(ClusterObjects objects, List<IpPrefix> pools) {
        Optional<JsonNode> there = objects.find(PoolEdit.GROUP, "BGPConfiguration", "", "default");
        ObjectNode after =
                there.<ObjectNode>map(JsonNode::deepCopy)
                        .orElseGet(CalicoPatches::bgpConfiguration);
        ArrayNode list = ((ObjectNode) after.path("spec")).withArray(LISTS);
        if (there.isEmpty()) {
            list.removeAll();
        }
        List<String> missing = new ArrayList<>();
        for (IpPrefix pool : pools) {
            boolean listed =
                    list.valueStream().anyMatch(entry -> covers(entry.path("cidr").asText(), pool));
            if (!listed) {
                list.addObject().put("cidr", pool.toString());
                missing.add(pool.toString());
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        edit(
                                there.orElse(null),
                                after,
                                "Calico announces LoadBalancer addresses of these prefixes only"));
    }

    private static List<ObjectEdit> loopback(
            ClusterObjects objects, List<IpPrefix> pools, long asn) {
        List<ObjectEdit> edits = new ArrayList<>();
        ObjectNode peer = CalicoPatches.loopbackPeer(asn);
        Optional<JsonNode> there = objects.find(PoolEdit.GROUP, "BGPPeer", "", "twinstack");
        if (there.isEmpty()) {
            edits.add(edit(null, peer, "BIRD waits for Twinstack on its own node"));
        } else {
            ObjectNode after = there.get().deepCopy();
            ((ObjectNode) after.path("spec")).setAll((ObjectNode) peer.path("spec"));
            if (!after.equals(there.get())) {
                edits.add(edit(there.get(), after, "BIRD waits for Twinstack on its own node"));
            }
        }
        for (IpPrefix pool : pools) {
            boolean accepted =
                    objects.of(PoolEdit.GROUP, "IPPool")
                            .anyMatch(each -> covers(each.at("/spec/cidr").asText(), pool));
            if (!accepted) {
                edits.add(
                        edit(
                                null,
                                CalicoPatches.acceptedPool(
                                        name(pool),
                                        pool.toString(),
                                        pool.family() == IpFamily.IPV6),
                                "BIRD drops routes outside of Calico's IPPools; from a disabled one no"
                                        + " pod gets an address"));
            }
        }
        return edits;
    }

    private static List<String> loopbackHints(ClusterObjects objects, long asn) {
        long calico =
                objects.find(PoolEdit.GROUP, "BGPConfiguration", "", "default")
                        .map(each -> each.at("/spec/asNumber").asLong(64512))
                        .orElse(64512L);
        return List.of(
                "In Twinstack a BGPPeer with peerAddress 127.0.0.1, peerASN %d and myASN %d."
                        .formatted(calico, asn),
                "BIRD's side must wait, or it calls itself: \"passive on\" for 127.0.0.1 in Calico's"
                        + " bird.cfg.template.");
    }

    private static ObjectEdit edit(@Nullable JsonNode before, JsonNode after, String why) {
        return new ObjectEdit(Phase.CALICO, ObjectName.of(after), before, after, why, Restart.NONE);
    }

    private static boolean covers(String cidr, IpPrefix prefix) {
        try {
            return IpPrefix.parse(cidr).contains(prefix);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// `twinstack-192.0.2.0-24`, without what a name may not have.
    private static String name(IpPrefix prefix) {
        return "twinstack-" + prefix.toString().replace("::/", "-").replaceAll("[:/]+", "-");
    }
}

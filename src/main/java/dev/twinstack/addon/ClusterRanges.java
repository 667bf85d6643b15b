package dev.twinstack.addon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.install.FoundObjects;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which addresses a cluster already uses for something else than load balancers.
final class ClusterRanges {

    /// @param by what has them, in words
    /// @param command shows it
    /// @param byNode whether a node itself has it: a router may run there
    record Taken(IpRange range, String by, String command, boolean byNode) {}

    private final List<Taken> taken = new ArrayList<>();

    /// @param serviceRanges what the API server was started with, where no object tells
    ClusterRanges(FoundObjects found, List<String> serviceRanges) {
        for (String range : serviceRanges) {
            add(range, "%s, the range of Services", "microk8s kubectl get servicecidrs");
        }
        found.of("networking.k8s.io", "ServiceCIDR")
                .flatMap(object -> object.at("/spec/cidrs").valueStream())
                .forEach(range ->
                        add(
                                range.asText(),
                                "%s, the range of Services",
                                "microk8s kubectl get servicecidrs"));
        found.of("crd.projectcalico.org", "IPPool")
                .filter(pool -> !pool.at("/spec/disabled").asBoolean())
                .forEach(pool ->
                        add(
                                pool.at("/spec/cidr").asText(),
                                "%s, the range of pods",
                                "microk8s kubectl get ippools.crd.projectcalico.org"));
        found.of("", "Node").forEach(this::node);
        found.of("", "Service").forEach(this::service);
    }

    /// Whoever has an address of the range already.
    Optional<Taken> takenBy(IpRange range) {
        return taken.stream()
                .filter(each -> each.range().family() == range.family())
                .filter(each -> each.range().overlaps(range))
                .findFirst();
    }

    private void node(JsonNode node) {
        String name = FoundObjects.name(node);
        node.at("/spec/podCIDRs")
                .forEach(range ->
                        add(
                                range.asText(),
                                "%s, the pods of node " + name,
                                "microk8s kubectl get nodes -o wide"));
        for (JsonNode address : node.at("/status/addresses")) {
            if (!address.path("type").asText().equals("Hostname")) {
                add(
                        address.path("address").asText(),
                        "%s, the address of node " + name,
                        "microk8s kubectl get nodes -o wide",
                        true);
            }
        }
    }

    private void service(JsonNode service) {
        String name = FoundObjects.namespace(service) + "/" + FoundObjects.name(service);
        service.at("/spec/clusterIPs")
                .forEach(address ->
                        add(
                                address.asText(),
                                "%s, the cluster IP of Service " + name,
                                "microk8s kubectl get services -A"));
    }

    private void add(String text, String by, String command) {
        add(text, by, command, false);
    }

    /// What is no address or prefix (`None`, a host name) takes nothing.
    private void add(String text, String by, String command, boolean byNode) {
        try {
            IpRange range =
                    text.indexOf('/') < 0
                            ? IpRange.of(IpAddress.parse(text.strip()))
                            : IpPrefix.parse(text.strip()).range();
            taken.add(new Taken(range, by.formatted(text.strip()), command, byNode));
        } catch (IllegalArgumentException e) {
            return;
        }
    }
}

package dev.twinstack.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolScope;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.selector.LabelSelector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A ClusterConfig in the form of the conformance file's `effective`, and the comparison of both.
final class EffectiveConfig {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Map<String, String>> nodes = new TreeMap<>();
    private final Map<String, Map<String, String>> namespaces = new TreeMap<>();
    private final ClusterConfig config;

    private EffectiveConfig(List<HasMetadata> objects, ClusterConfig config) {
        this.config = config;
        for (HasMetadata object : objects) {
            if (object instanceof Node) {
                nodes.put(object.getMetadata().getName(), ConfigObjects.labels(object));
            } else if (object instanceof Namespace) {
                namespaces.put(object.getMetadata().getName(), ConfigObjects.labels(object));
            }
        }
    }

    static void check(JsonNode expected, List<HasMetadata> objects, ClusterConfig config) {
        EffectiveConfig actual = new EffectiveConfig(objects, config);
        assertThat(fieldNames(expected))
                .allMatch(List.of("pools", "peers", "bfdProfiles")::contains);
        assertThat(canonical(actual.pools())).isEqualTo(canonical(orEmpty(expected, "pools")));
        actual.checkPeers(orEmpty(expected, "peers"));
        actual.checkBfdProfiles(orEmpty(expected, "bfdProfiles"));
    }

    private static JsonNode orEmpty(JsonNode parent, String field) {
        return parent.has(field) ? parent.get(field) : JSON.createObjectNode();
    }

    private ObjectNode pools() {
        ObjectNode pools = JSON.createObjectNode();
        for (Pool pool : config.pools()) {
            ObjectNode json = pools.putObject(pool.name());
            pool.ranges().stream()
                    .flatMap(range -> range.prefixes().stream())
                    .forEach(prefix -> json.withArray("prefixes").add(prefix.toString()));
            json.put("autoAssign", pool.autoAssign());
            json.put("avoidBuggyIPs", pool.avoidBuggyIps());
            pool.scope().ifPresent(scope -> json.set("allocation", allocation(scope)));
            config.bgpAdvertisements().stream()
                    .filter(advertisement -> advertisement.pools().contains(pool.name()))
                    .forEach(advertisement -> json.withArray("bgp").add(bgp(advertisement)));
            config.layer2Advertisements().stream()
                    .filter(advertisement -> advertisement.pools().contains(pool.name()))
                    .forEach(advertisement -> json.withArray("l2").add(layer2(advertisement)));
        }
        return pools;
    }

    /// MetalLB looks the selectors up at once, and writes "every Service" as a selector.
    private ObjectNode allocation(PoolScope scope) {
        ObjectNode json = JSON.createObjectNode();
        json.put("priority", scope.priority());
        TreeSet<String> names = new TreeSet<>(scope.namespaces());
        namespaces.forEach((name, labels) -> {
            if (scope.namespaceSelectors().stream().anyMatch(s -> s.matches(labels))) {
                names.add(name);
            }
        });
        json.set("namespaces", JSON.valueToTree(names));
        boolean everything =
                scope.namespaces().isEmpty()
                        && scope.namespaceSelectors().isEmpty()
                        && scope.serviceSelectors().isEmpty();
        json.set(
                "serviceSelectors",
                selectors(
                        everything ? List.of(LabelSelector.EVERYTHING) : scope.serviceSelectors()));
        return json;
    }

    private ObjectNode bgp(BgpAdvertisement advertisement) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", advertisement.name());
        json.put("aggregationLength", advertisement.aggregationLength());
        json.put("aggregationLengthV6", advertisement.aggregationLengthV6());
        json.put("localPref", advertisement.localPref().orElse(0));
        ArrayNode communities = json.putArray("communities");
        advertisement.communities().forEach(each -> communities.add(each.toString()));
        advertisement.largeCommunities().forEach(each -> communities.add("large:" + each));
        json.set("nodes", nodesWhere(advertisement::selectsNode));
        putUnlessEmpty(json, "peers", JSON.valueToTree(advertisement.peers()));
        putUnlessEmpty(json, "serviceSelectors", selectors(advertisement.serviceSelectors()));
        return json;
    }

    private ObjectNode layer2(Layer2Advertisement advertisement) {
        ObjectNode json = JSON.createObjectNode();
        json.set("nodes", nodesWhere(advertisement::selectsNode));
        json.set(
                "interfaces",
                advertisement.interfaces().isEmpty()
                        ? TextNode.valueOf("all")
                        : JSON.valueToTree(advertisement.interfaces()));
        putUnlessEmpty(json, "serviceSelectors", selectors(advertisement.serviceSelectors()));
        return json;
    }

    private ArrayNode nodesWhere(Predicate<Map<String, String>> selected) {
        ArrayNode names = JSON.createArrayNode();
        nodes.forEach((name, labels) -> {
            if (selected.test(labels)) {
                names.add(name);
            }
        });
        return names;
    }

    private static void putUnlessEmpty(ObjectNode json, String field, JsonNode array) {
        if (!array.isEmpty()) {
            json.set(field, array);
        }
    }

    private static ArrayNode selectors(Collection<LabelSelector> selectors) {
        ArrayNode array = JSON.createArrayNode();
        for (LabelSelector selector : selectors) {
            ObjectNode json = array.addObject();
            putUnlessEmpty(json, "matchLabels", JSON.valueToTree(selector.matchLabels()));
            selector.matchExpressions()
                    .forEach(requirement ->
                            json.withArray("matchExpressions")
                                    .addObject()
                                    .put("key", requirement.key())
                                    .put("operator", requirement.operator().toString())
                                    .set("values", JSON.valueToTree(requirement.values())));
        }
        return array;
    }

    /// What the file does not name has the protocol's default here.
    private void checkPeers(JsonNode expected) {
        Map<String, JsonNode> actual = new HashMap<>();
        config.peers().forEach(peer -> actual.put(peer.name(), peer(peer)));
        assertThat(actual.keySet()).containsExactlyInAnyOrderElementsOf(fieldNames(expected));
        expected.properties()
                .forEach(entry -> {
                    ObjectNode wanted = peerDefaults();
                    wanted.setAll((ObjectNode) entry.getValue());
                    assertThat(canonical(requireNonNull(actual.get(entry.getKey()))))
                            .isEqualTo(canonical(wanted));
                });
    }

    private static ObjectNode peerDefaults() {
        return JSON.createObjectNode()
                .put("port", 179)
                .put("holdTimeSeconds", 90.0)
                .put("keepaliveSeconds", 30.0)
                .put("ebgpMultiHop", false)
                .put("enableGracefulRestart", false)
                .put("dualStackAddressFamily", false)
                .put("disableMP", false);
    }

    private static ObjectNode peer(Peer peer) {
        ObjectNode json = JSON.createObjectNode();
        json.put("myASN", peer.myAsn().value());
        switch (peer.peerAsn()) {
            case PeerAsn.Exactly exactly -> json.put("peerASN", exactly.asn().value());
            case PeerAsn.Internal internal -> json.put("dynamicASN", "internal");
            case PeerAsn.External external -> json.put("dynamicASN", "external");
        }
        peer.localAsn().ifPresent(asn -> json.put("localASN", asn.value()));
        switch (peer.endpoint()) {
            case Peer.Endpoint.Address at -> json.put("address", at.toString());
            case Peer.Endpoint.Interface on -> json.put("interface", on.name());
        }
        peer.sourceAddress().ifPresent(source -> json.put("sourceAddress", source.toString()));
        json.put("port", peer.port());
        double hold = peer.timers().hold().toSeconds();
        json.put("holdTimeSeconds", hold);
        json.put(
                "keepaliveSeconds",
                peer.timers().keepalive().map(time -> (double) time.toSeconds()).orElse(hold / 3));
        peer.routerId().ifPresent(id -> json.put("routerID", id.toString()));
        json.set("nodeSelectors", selectors(everyNode(peer.nodeSelectors())));
        peer.password()
                .ifPresent(password ->
                        json.put(
                                "passwordFromSecret",
                                new String(password.octets(), StandardCharsets.UTF_8)));
        peer.bfdProfile().ifPresent(profile -> json.put("bfdProfile", profile));
        json.put("ebgpMultiHop", peer.ebgpMultiHop());
        peer.vrf().ifPresent(vrf -> json.put("vrf", vrf));
        json.put("enableGracefulRestart", peer.gracefulRestart());
        json.put("dualStackAddressFamily", peer.dualStackAddressFamily());
        json.put("disableMP", peer.disableMp());
        return json;
    }

    private static List<LabelSelector> everyNode(List<LabelSelector> selectors) {
        return selectors.isEmpty() ? List.of(LabelSelector.EVERYTHING) : selectors;
    }

    private void checkBfdProfiles(JsonNode expected) {
        assertThat(config.bfdProfiles().keySet())
                .containsExactlyInAnyOrderElementsOf(fieldNames(expected));
        expected.properties()
                .forEach(entry -> {
                    BfdProfile actual = requireNonNull(config.bfdProfiles().get(entry.getKey()));
                    ObjectNode wanted = bfdDefaults();
                    wanted.setAll((ObjectNode) entry.getValue());
                    assertThat(canonical(bfdProfile(actual))).isEqualTo(canonical(wanted));
                });
    }

    private static ObjectNode bfdDefaults() {
        return JSON.createObjectNode()
                .put("receiveInterval", 300L)
                .put("transmitInterval", 300L)
                .put("echoInterval", 50L)
                .put("detectMultiplier", 3)
                .put("echoMode", false)
                .put("passiveMode", false)
                .put("minimumTtl", 254);
    }

    private static ObjectNode bfdProfile(BfdProfile profile) {
        return JSON.createObjectNode()
                .put("receiveInterval", profile.receiveInterval().toMillis())
                .put("transmitInterval", profile.transmitInterval().toMillis())
                .put("echoInterval", profile.echoInterval().toMillis())
                .put("detectMultiplier", profile.detectMultiplier())
                .put("echoMode", profile.echoMode())
                .put("passiveMode", profile.passiveMode())
                .put("minimumTtl", profile.minimumTtl());
    }

    private static List<String> fieldNames(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// Numbers by value, prefixes without host bits, lists without order except `prefixes`. An
    /// advertisement without a name in the file is compared without it.
    private static Object canonical(JsonNode json) {
        if (json.isObject()) {
            Map<String, Object> map = new TreeMap<>();
            json.properties()
                    .forEach(entry -> {
                        if (entry.getKey().equals("prefixes")) {
                            map.put("prefixes", prefixes(entry.getValue()));
                        } else if (!isName(entry.getKey(), json)) {
                            map.put(entry.getKey(), canonical(entry.getValue()));
                        }
                    });
            return map;
        }
        if (json.isArray()) {
            return stream(json).map(each -> canonical(each).toString()).sorted().toList();
        }
        return json.isNumber() ? (Object) json.doubleValue() : json.asText();
    }

    private static boolean isName(String field, JsonNode json) {
        return field.equals("name") && json.has("aggregationLength");
    }

    private static List<IpPrefix> prefixes(JsonNode json) {
        return stream(json).map(each -> IpPrefix.parse(each.asText())).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list.stream();
    }
}

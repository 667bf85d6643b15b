package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.allocation.Pool;
import dev.twinstack.announce.NodeView;
import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.config.BgpAdvertisement;
import dev.twinstack.config.ClusterConfig;
import dev.twinstack.config.ConfigLoader;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.config.ConfigResult;
import dev.twinstack.crd.BFDProfile;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.L2Advertisement;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.operator.speaker.SpeakerBgpCases.Advertisement;
import dev.twinstack.operator.speaker.SpeakerBgpCases.SelectorCase;
import dev.twinstack.selector.LabelSelector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes configurations of the conformance data: from whole objects through the loader, or straight
/// from the short form of advertisements.
final class ConformanceConfig {

    private static final Map<String, Class<? extends HasMetadata>> KINDS =
            Map.of(
                    "BGPPeer", BGPPeer.class,
                    "IPAddressPool", IPAddressPool.class,
                    "BGPAdvertisement", BGPAdvertisement.class,
                    "L2Advertisement", L2Advertisement.class,
                    "BFDProfile", BFDProfile.class,
                    "Community", dev.twinstack.crd.Community.class);

    private ConformanceConfig() {}

    /// @throws AssertionError if the loader finds anything wrong
    static ClusterConfig load(List<JsonNode> objects, Collection<NodeView> nodes)
            throws JsonProcessingException {
        List<HasMetadata> read = new ArrayList<>();
        for (JsonNode object : objects) {
            Class<? extends HasMetadata> kind = KINDS.get(object.path("kind").asText());
            assertThat(kind).as("kind of %s", object).isNotNull();
            HasMetadata resource = SpeakerBgpCases.JSON.treeToValue(object, kind);
            assertNothingLost(object, SpeakerBgpCases.JSON.valueToTree(resource));
            read.add(resource);
        }
        Map<String, Map<String, String>> labels = new HashMap<>();
        nodes.forEach(node -> labels.put(node.name(), node.labels()));
        ConfigResult result = ConfigLoader.load(ConfigObjects.of(read, labels));
        assertThat(result.errors()).isEmpty();
        return result.config();
    }

    /// One pool, these advertisements of it, and an iBGP peer for each name that they mention and
    /// one more.
    static ClusterConfig of(List<String> cidrs, List<Advertisement> advertisements) {
        SortedSet<String> peers = new TreeSet<>(Set.of("another-peer"));
        List<BgpAdvertisement> all = new ArrayList<>();
        for (Advertisement advertisement : advertisements) {
            peers.addAll(orEmpty(advertisement.peers()));
            all.add(advertisement(advertisement));
        }
        Pool pool =
                new Pool(
                        "pool",
                        cidrs.stream().map(cidr -> IpPrefix.parse(cidr).range()).toList(),
                        true,
                        false,
                        Optional.empty());
        return new ClusterConfig(
                List.of(pool), peers.stream().map(Peers::ibgp).toList(), all, List.of(), Map.of());
    }

    private static BgpAdvertisement advertisement(Advertisement from) {
        SortedSet<Community> communities = new TreeSet<>();
        SortedSet<LargeCommunity> large = new TreeSet<>();
        for (String text : orEmpty(from.communities())) {
            if (text.startsWith("large:")) {
                large.add(LargeCommunity.parse(text));
            } else {
                communities.add(Community.parse(text));
            }
        }
        return new BgpAdvertisement(
                from.name(),
                Set.of("pool"),
                from.aggregationLength() == null ? 32 : from.aggregationLength(),
                from.aggregationLengthV6() == null ? 128 : from.aggregationLengthV6(),
                from.localPref() == null || from.localPref() == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(from.localPref()),
                communities,
                large,
                nodes(from.nodes()),
                Set.copyOf(orEmpty(from.peers())),
                orEmpty(from.serviceSelectors()).stream().map(SelectorCase::selector).toList());
    }

    private static List<LabelSelector> nodes(@Nullable List<String> names) {
        return names == null
                ? List.of()
                : names.stream()
                        .map(name ->
                                new LabelSelector(
                                        Map.of(SpeakerBgpCases.HOSTNAME, name), List.of()))
                        .toList();
    }

    /// The models leave unknown fields aside; here that would be a case half understood.
    private static void assertNothingLost(JsonNode written, JsonNode read) {
        written.properties()
                .forEach(field -> {
                    JsonNode value = field.getValue();
                    boolean saysNothing =
                            value.isNull()
                                    || (value.isContainerNode() && value.isEmpty())
                                    || (value.isBoolean() && !value.booleanValue());
                    if (!saysNothing) {
                        assertThat(read.has(field.getKey()))
                                .as("field %s of %s is known", field.getKey(), written)
                                .isTrue();
                        if (value.isObject()) {
                            assertNothingLost(value, read.get(field.getKey()));
                        }
                    }
                });
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}

package dev.twinstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.Pool;
import dev.twinstack.bgp.Password;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.Community;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.net.IpRange;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What stays in force when an object that was good goes bad.
class LastGoodTest {

    private static final String STAYS = "the last valid version stays in force";

    @Test
    void aPoolThatIsEditedWronglyKeepsItsRanges() {
        // Given
        ConfigResult good = load(LastGood.NONE, pool("lan", 1, "192.0.2.0/28"));
        // When
        ConfigResult bad = load(good.lastGood(), pool("lan", 1, "192.0.2.0/99"));
        ConfigResult later = load(bad.lastGood(), pool("lan", 1, "nonsense"));
        // Then
        assertThat(bad.config()).isEqualTo(good.config());
        assertThat(later.config()).isEqualTo(good.config());
        assertThat(bad.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.reason()).endsWith(STAYS));
    }

    @Test
    void aMendedPoolIsInForceAsWritten() {
        ConfigResult good = load(LastGood.NONE, pool("lan", 1, "192.0.2.0/28"));
        ConfigResult bad = load(good.lastGood(), pool("lan", 1, "nonsense"));

        ConfigResult mended = load(bad.lastGood(), pool("lan", 1, "198.51.100.0/28"));

        assertThat(mended.errors()).isEmpty();
        assertThat(ranges(mended)).containsExactly("lan 198.51.100.0-198.51.100.15");
    }

    @Test
    void aDeletedPoolIsGoneAndOneMadeAnewIsAnotherOne() {
        ConfigResult good = load(LastGood.NONE, pool("lan", 1, "192.0.2.0/28"));

        ConfigResult deleted = load(good.lastGood());
        ConfigResult anew = load(good.lastGood(), pool("lan", 2, "nonsense"));

        assertThat(deleted.config().pools()).isEmpty();
        assertThat(load(deleted.lastGood(), pool("lan", 1, "nonsense")).config().pools()).isEmpty();
        assertThat(anew.config().pools()).isEmpty();
        assertThat(anew.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.reason()).doesNotContain(STAYS));
    }

    @Test
    void aPoolThatIsEditedIntoAnElderKeepsItsRanges() {
        IPAddressPool elder = pool("elder", 1, "192.0.2.0/28");
        ConfigResult good = load(LastGood.NONE, elder, pool("young", 2, "192.0.2.16/28"));

        ConfigResult bad = load(good.lastGood(), elder, pool("young", 2, "192.0.2.0/27"));

        assertThat(bad.config()).isEqualTo(good.config());
        assertThat(bad.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.reason()).contains("overlaps", STAYS));
    }

    @Test
    void aGoodPoolGivesWayToAnElderAsEver() {
        IPAddressPool young = pool("young", 2, "192.0.2.16/28");
        ConfigResult good = load(LastGood.NONE, pool("elder", 1, "192.0.2.0/28"), young);

        ConfigResult grown = load(good.lastGood(), pool("elder", 1, "192.0.2.0/27"), young);

        assertThat(ranges(grown)).containsExactly("elder 192.0.2.0-192.0.2.31");
        assertThat(grown.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.reason()).doesNotContain(STAYS));
    }

    @Test
    void whatABadPoolHasIsNotFreeForYoungerOnes() {
        ConfigResult good = load(LastGood.NONE, pool("elder", 1, "192.0.2.0/28"));

        ConfigResult bad =
                load(
                        good.lastGood(),
                        pool("elder", 1, "nonsense"),
                        pool("young", 2, "192.0.2.0/28"));

        assertThat(bad.config()).isEqualTo(good.config());
        assertThat(bad.errors()).hasSize(2);
    }

    @Test
    void aPeerWhoseSecretIsAwayKeepsItsPassword() {
        BGPPeer peer = object(BGPPeer.class, "router", 1, PEER + "passwordSecret: {name: pw}}");
        ConfigResult good = load(LastGood.NONE, peer, secret("aHVudGVyMg=="));

        ConfigResult away = load(good.lastGood(), peer);

        assertThat(away.config().peers())
                .singleElement()
                .satisfies(its -> assertThat(its.password()).contains(Password.of("hunter2")));
        assertThat(away.errors()).singleElement().matches(ConfigError::isTransient);
        assertThat(away.toString()).doesNotContain("hunter2");
        assertThat(load(away.lastGood(), peer, secret("b3RoZXI=")).config().peers())
                .singleElement()
                .satisfies(its -> assertThat(its.password()).contains(Password.of("other")));
    }

    @Test
    void anAdvertisementKeepsTheCommunityWhoseNameIsGone() {
        IPAddressPool pool = pool("lan", 1, "192.0.2.0/24");
        BGPAdvertisement adv =
                object(
                        BGPAdvertisement.class,
                        "adv",
                        1,
                        "{communities: [a], aggregationLength: 24}");
        Community names =
                object(Community.class, "names", 1, "{communities: [{name: a, value: '1:1'}]}");
        ConfigResult good = load(LastGood.NONE, pool, adv, names);

        ConfigResult bad = load(good.lastGood(), pool, adv);
        ConfigResult shrunk = load(bad.lastGood(), pool("lan", 1, "192.0.2.0/25"), adv);

        assertThat(bad.config()).isEqualTo(good.config());
        assertThat(shrunk.config().bgpAdvertisements())
                .singleElement()
                .satisfies(its -> assertThat(its.pools()).isEmpty());
    }

    @Test
    void anAdvertisementThatIsEditedWronglyStillFollowsItsPools() {
        IPAddressPool pool = pool("lan", 1, "192.0.2.0/28");
        BGPAdvertisement wrong =
                object(BGPAdvertisement.class, "adv", 1, "{aggregationLength: 77}");
        ConfigResult good =
                load(LastGood.NONE, pool, object(BGPAdvertisement.class, "adv", 1, "{}"));

        ConfigResult bad = load(good.lastGood(), pool, wrong, pool("second", 2, "198.51.100.0/28"));

        assertThat(bad.config().bgpAdvertisements())
                .singleElement()
                .satisfies(its -> assertThat(its.pools()).isEqualTo(Set.of("lan", "second")));
    }

    @Test
    void anAggregateThatNoLongerFitsAfterAnEditTakesNoRouteAway() {
        IPAddressPool pool = pool("lan", 1, "192.0.2.0/28");
        ConfigResult good =
                load(LastGood.NONE, pool, object(BGPAdvertisement.class, "adv", 1, "{}"));

        ConfigResult bad =
                load(
                        good.lastGood(),
                        pool,
                        object(BGPAdvertisement.class, "adv", 1, "{aggregationLength: 24}"));

        assertThat(bad.config()).isEqualTo(good.config());
        assertThat(bad.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.reason()).endsWith(STAYS));
    }

    @Test
    void labelsOfABadPoolStayTooForThoseWhoSelectByThem() {
        BGPAdvertisement adv =
                object(
                        BGPAdvertisement.class,
                        "adv",
                        1,
                        "{ipAddressPoolSelectors: [{matchLabels: {zone: a}}]}");
        IPAddressPool labelled = pool("lan", 1, "192.0.2.0/28");
        labelled.getMetadata().setLabels(Map.of("zone", "a"));
        ConfigResult good = load(LastGood.NONE, labelled, adv);

        ConfigResult bad = load(good.lastGood(), pool("lan", 1, "nonsense"), adv);

        assertThat(bad.config()).isEqualTo(good.config());
    }

    private static final String PEER = "{myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1, ";

    private static ConfigResult load(LastGood before, HasMetadata... objects) {
        return ConfigLoader.load(ConfigObjects.of(List.of(objects)), before);
    }

    private static List<String> ranges(ConfigResult result) {
        return result.config().pools().stream()
                .flatMap(pool -> pool.ranges().stream().map(range -> text(pool, range)))
                .toList();
    }

    private static String text(Pool pool, IpRange range) {
        return pool.name() + " " + range.first() + "-" + range.last();
    }

    private static Secret secret(String password) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("pw")
                .endMetadata()
                .withType("kubernetes.io/basic-auth")
                .addToData("password", password)
                .build();
    }

    private static IPAddressPool pool(String name, int made, String addresses) {
        return object(IPAddressPool.class, name, made, "{addresses: ['%s']}".formatted(addresses));
    }

    /// @param made the order of creation, and part of the uid
    private static <T extends CustomResource<?, ?>> T object(
            Class<T> kind, String name, int made, String spec) {
        T object =
                Serialization.unmarshal(
                        "metadata: {namespace: metallb-system}\nspec: %s".formatted(spec), kind);
        object.getMetadata().setName(name);
        object.getMetadata().setUid("%s-%s-%d".formatted(kind.getSimpleName(), name, made));
        object.getMetadata().setCreationTimestamp("2026-01-0%dT00:00:00Z".formatted(made));
        return object;
    }
}

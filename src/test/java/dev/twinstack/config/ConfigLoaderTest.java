package dev.twinstack.config;

import static dev.twinstack.config.ConfigError.Kind.CONFLICT;
import static dev.twinstack.config.ConfigError.Kind.INVALID;
import static dev.twinstack.config.ConfigError.Kind.MISSING_REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.twinstack.allocation.Pool;
import dev.twinstack.bgp.Password;
import dev.twinstack.crd.BFDProfile;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.Community;
import dev.twinstack.crd.IPAddressPool;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {

    private static final String LATE = "2026-02-01T00:00:00Z";
    private static final String EARLY = "2026-01-01T00:00:00Z";

    @Test
    void badPoolIsLeftOutAndNamedBesideGoodOnes() {
        ConfigResult result =
                load(
                        pool("good", EARLY, "192.0.2.0/28"),
                        pool("bad", EARLY, "192.0.2.64/28", "198.51.100.1", "10.0.0.9-10.0.0.1"));

        assertThat(result.config().pools()).extracting(Pool::name).containsExactly("good");
        assertThat(result.errors())
                .extracting(ConfigError::object, ConfigError::path, ConfigError::kind)
                .containsExactly(
                        tuple("IPAddressPool metallb-system/bad", "spec.addresses[1]", INVALID),
                        tuple("IPAddressPool metallb-system/bad", "spec.addresses[2]", INVALID));
        assertThat(result.errors().getFirst().toString())
                .isEqualTo(
                        "IPAddressPool metallb-system/bad: spec.addresses[1]: \"198.51.100.1\" is"
                                + " no range of addresses (192.0.2.0/24 or 192.0.2.1-192.0.2.9):"
                                + " invalid CIDR \"198.51.100.1\": no '/'");
    }

    @Test
    void olderOfTwoOverlappingPoolsStays() {
        ConfigResult result =
                load(
                        pool("a-young", LATE, "2001:db8::/64", "192.0.2.200-192.0.2.210"),
                        pool("z-old", EARLY, "192.0.2.0/24"));

        assertThat(result.config().pools()).extracting(Pool::name).containsExactly("z-old");
        assertThat(result.errors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.object()).isEqualTo("IPAddressPool metallb-system/a-young");
                    assertThat(error.path()).isEqualTo("spec.addresses[1]");
                    assertThat(error.kind()).isEqualTo(CONFLICT);
                    assertThat(error.reason()).contains("pool z-old, which is older");
                });
    }

    @Test
    void nameDecidesBetweenPoolsOfOneSecondAndUnstoredObjectsAreYoungest() {
        ConfigResult result =
                load(
                        pool("c", EARLY, "192.0.2.0/24"),
                        pool("b", EARLY, "192.0.2.0/25"),
                        pool("a", null, "192.0.2.128/25"));

        assertThat(result.config().pools()).extracting(Pool::name).containsExactly("a", "b");
    }

    @Test
    void poolThatTheElderCannotHaveIsFree() {
        ConfigResult result =
                load(
                        pool("broken", EARLY, "192.0.2.0/24", "nonsense"),
                        pool("young", LATE, "192.0.2.0/24"));

        assertThat(result.config().pools()).extracting(Pool::name).containsExactly("young");
    }

    @Test
    void advertisementKeepsThePoolsItsAggregateFits() {
        ConfigResult result =
                load(
                        pool("wide", EARLY, "192.0.2.0/24"),
                        pool("narrow", EARLY, "198.51.100.0/28"),
                        advertisement("all", EARLY, "{aggregationLength: 26}"));

        assertThat(result.config().bgpAdvertisements())
                .singleElement()
                .satisfies(all -> assertThat(all.pools()).containsExactly("wide"));
        assertThat(result.errors())
                .singleElement()
                .satisfies(error ->
                        assertThat(error.reason())
                                .startsWith("26 is shorter than /28")
                                .contains("pool narrow"));
    }

    @Test
    void olderAdvertisementKeepsThePoolWhenLocalPrefsDiffer() {
        ConfigResult result =
                load(
                        pool("one", EARLY, "192.0.2.0/28"),
                        pool("two", EARLY, "192.0.2.16/28"),
                        advertisement("both", LATE, "{localPref: 100}"),
                        advertisement("first", EARLY, "{localPref: 200, ipAddressPools: [one]}"),
                        node("worker"));

        assertThat(result.config().bgpAdvertisements())
                .extracting(BgpAdvertisement::name, BgpAdvertisement::pools)
                .containsExactly(tuple("both", Set.of("two")), tuple("first", Set.of("one")));
        assertThat(result.errors())
                .singleElement()
                .extracting(ConfigError::kind)
                .isEqualTo(CONFLICT);
    }

    @Test
    void missingReferencesAreTransient() {
        ConfigResult result =
                load(
                        peer("a", "{bfdProfile: fast}"),
                        peer("b", "{passwordSecret: {name: router}}"),
                        peer("c", "{}"),
                        advertisement("adv", EARLY, "{communities: [no-export]}"));

        assertThat(result.errors()).hasSize(3).allMatch(ConfigError::isTransient);
        assertThat(result.errors()).extracting(ConfigError::kind).containsOnly(MISSING_REFERENCE);
        assertThat(result.config().peers()).extracting(Peer::name).containsExactly("c");
        assertThat(result.config().bgpAdvertisements()).isEmpty();
    }

    @Test
    void referencesAreFoundWhenTheyCome() {
        Secret secret =
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("router")
                        .endMetadata()
                        .withType("kubernetes.io/basic-auth")
                        .addToData("password", "aHVudGVyMg==")
                        .build();

        ConfigResult result =
                load(
                        peer("a", "{bfdProfile: fast, passwordSecret: {name: router}}"),
                        read(BFDProfile.class, "fast", EARLY, "{transmitInterval: 100}"),
                        secret);

        assertThat(result.errors()).isEmpty();
        Peer peer = result.config().peer("a").orElseThrow();
        assertThat(peer.password()).contains(Password.of("hunter2"));
        assertThat(result.toString()).doesNotContain("hunter2");
        assertThat(result.config().bfdProfiles()).containsOnlyKeys("fast");
    }

    @Test
    void noErrorShowsAPassword() {
        String secretText = "x".repeat(81);

        ConfigResult result = load(peer("a", "{password: " + secretText + "}"));

        assertThat(result.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.toString()).doesNotContain("xxx"));
    }

    @Test
    void youngerCommunityObjectWithATakenNameIsLeftOutWhole() {
        ConfigResult result =
                load(
                        read(
                                Community.class,
                                "old",
                                EARLY,
                                "{communities: [{name: a, value: '1:1'}]}"),
                        read(
                                Community.class,
                                "young",
                                LATE,
                                "{communities: [{name: a, value: '2:2'}, {name: b, value: '3:3'}]}"),
                        advertisement("adv", EARLY, "{communities: [a]}"));

        assertThat(result.config().bgpAdvertisements().getFirst().communities())
                .containsExactly(dev.twinstack.bgp.Community.of(1, 1));
        assertThat(result.errors())
                .singleElement()
                .satisfies(error ->
                        assertThat(error.reason())
                                .isEqualTo(
                                        "\"a\" is already named by Community"
                                                + " metallb-system/old"));
    }

    @ParameterizedTest
    @CsvSource({"'64512:', 750", "'large:64512:1:', 250"})
    void anAdvertisementHasNoMoreCommunitiesThanAnUpdate(String prefix, int most) {
        assertThat(load(communities(prefix, most)).errors()).isEmpty();

        assertThat(load(communities(prefix, most + 1)).errors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.path()).isEqualTo("spec.communities");
                    assertThat(error.reason())
                            .startsWith("more than a BGP message has room for: at most 750")
                            .contains("250 large ones");
                });
    }

    @Test
    void changeShowsTheErrorsItBringsToOthers() {
        IPAddressPool old = pool("old", EARLY, "192.0.2.0/28");
        ConfigObjects before = ConfigObjects.of(List.of(old, pool("young", LATE, "192.0.2.16/28")));

        ConfigObjects after = before.with(pool("old", EARLY, "192.0.2.0/24"));

        assertThat(ConfigLoader.load(after).errorsSince(ConfigLoader.load(before)))
                .singleElement()
                .satisfies(error ->
                        assertThat(error.object()).isEqualTo("IPAddressPool metallb-system/young"));
        assertThat(ConfigLoader.load(after.without(old)).config().pools())
                .extracting(Pool::name)
                .containsExactly("young");
    }

    @Test
    void orderOfObjectsDoesNotMatter() {
        List<HasMetadata> objects =
                List.of(
                        pool("b", EARLY, "192.0.2.0/28"),
                        pool("a", LATE, "192.0.2.16/28"),
                        peer("z", "{}"),
                        peer("y", "{}"));

        assertThat(ConfigLoader.load(ConfigObjects.of(objects)))
                .isEqualTo(ConfigLoader.load(ConfigObjects.of(objects.reversed())));
    }

    private static ConfigResult load(HasMetadata... objects) {
        return ConfigLoader.load(ConfigObjects.of(List.of(objects)));
    }

    private static IPAddressPool pool(String name, @Nullable String created, String... addresses) {
        return read(
                IPAddressPool.class,
                name,
                created,
                Serialization.asJson(Map.of("addresses", addresses)));
    }

    private static BGPAdvertisement advertisement(String name, String created, String spec) {
        return read(BGPAdvertisement.class, name, created, spec);
    }

    private static BGPAdvertisement communities(String prefix, int count) {
        List<String> written = IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
        return advertisement("adv", EARLY, Serialization.asJson(Map.of("communities", written)));
    }

    private static BGPPeer peer(String name, String more) {
        return read(
                BGPPeer.class,
                name,
                EARLY,
                more.replaceFirst(
                        "[{]",
                        "{myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1"
                                + (more.equals("{}") ? "" : ", ")));
    }

    private static HasMetadata node(String name) {
        return new NodeBuilder().withNewMetadata().withName(name).endMetadata().build();
    }

    private static <T extends CustomResource<?, ?>> T read(
            Class<T> kind, String name, @Nullable String created, String spec) {
        T object =
                Serialization.unmarshal(
                        "metadata: {namespace: metallb-system}\nspec: %s".formatted(spec), kind);
        object.getMetadata().setName(name);
        object.getMetadata().setCreationTimestamp(created);
        return object;
    }
}

package dev.twinstack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.twinstack.allocation.Drain;
import dev.twinstack.allocation.Pairing;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolPolicy;
import dev.twinstack.allocation.Quota;
import dev.twinstack.allocation.Retention;
import dev.twinstack.allocation.WhenFull;
import dev.twinstack.crd.AddressPolicy;
import dev.twinstack.crd.AddressPolicySpec;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.IPAddressPoolSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// AddressPolicies as they come to bear on pools.
class PolicyConfigTest {

    private static final IPAddressPool LAN = pool("lan", "192.0.2.0/25", "192.0.2.128/25");
    private static final IPAddressPool NEW = pool("lan-new", "198.51.100.0/24");

    @Test
    void everyFieldComesToThePool() {
        ConfigResult result =
                load(
                        LAN,
                        NEW,
                        policy(
                                "all",
                                1,
                                """
                                targetRefs: [{group: metallb.io, kind: IPAddressPool, name: lan}]
                                exclude: [192.0.2.120-192.0.2.135]
                                whenFull: Refuse
                                quotas: [{namespaces: [team-a], ipv4: 4}, {namespaceSelector: {matchLabels: {a: b}}, ipv6: 16}]
                                retention: {keepAfterDelete: 24h, reuseAfter: 10m}
                                dualStack: {upgrade: Always, pairing: Suffix}
                                drain: {replacement: lan-new, overlap: 10m}
                                """));

        assertThat(result.errors()).isEmpty();
        PoolPolicy policy = result.config().pool("lan").orElseThrow().policy();
        assertThat(policy.excluded())
                .extracting(Object::toString)
                .containsExactly("192.0.2.120-192.0.2.135");
        assertThat(policy.whenFull()).isEqualTo(WhenFull.REFUSE);
        assertThat(policy.quotas())
                .extracting(Quota::namespaces, Quota::ipv4, Quota::ipv6)
                .containsExactly(
                        tuple(Set.of("team-a"), OptionalLong.of(4), OptionalLong.empty()),
                        tuple(Set.of(), OptionalLong.empty(), OptionalLong.of(16)));
        assertThat(policy.quotas().getLast().namespaceSelectors()).hasSize(1);
        assertThat(policy.retention())
                .isEqualTo(new Retention(Duration.ofHours(24), Duration.ofMinutes(10)));
        assertThat(policy.upgradeToDualStack()).isTrue();
        assertThat(policy.pairing()).isEqualTo(Pairing.SUFFIX);
        assertThat(policy.drain()).contains(new Drain("lan-new", Duration.ofMinutes(10)));
        assertThat(result.config().pool("lan-new").orElseThrow().policy())
                .isEqualTo(PoolPolicy.NONE);
        assertThat(result.config().policies())
                .containsExactly(new PolicyInForce("all", List.of("lan"), policy));
    }

    @Test
    void theOlderOneHoldsPoolByPool() {
        ConfigResult result =
                load(
                        LAN,
                        NEW,
                        policy("a-young", 2, "{targetRefs: [{name: lan}, {name: lan-new}]}"),
                        policy("z-old", 1, "{targetRefs: [{name: lan}], whenFull: Refuse}"));

        assertThat(result.config().policies())
                .extracting(PolicyInForce::name, PolicyInForce::pools)
                .containsExactly(
                        tuple("a-young", List.of("lan-new")), tuple("z-old", List.of("lan")));
        assertThat(result.config().pool("lan").map(Pool::policy))
                .hasValueSatisfying(its -> assertThat(its.whenFull()).isEqualTo(WhenFull.REFUSE));
        assertThat(result.errors())
                .extracting(ConfigError::toString, ConfigError::kind)
                .containsExactly(
                        tuple(
                                "AddressPolicy metallb-system/a-young: spec.targetRefs[0]:"
                                        + " AddressPolicy z-old, which is older, is in force on"
                                        + " pool lan",
                                ConfigError.Kind.CONFLICT));
    }

    @Test
    void aPoolThatIsNotThereTakesNothingFromTheOthers() {
        ConfigResult result =
                load(
                        LAN,
                        policy(
                                "some",
                                1,
                                "{targetRefs: [{name: lan}, {name: gone}], whenFull: Refuse,"
                                        + " exclude: [203.0.113.0/24]}"));

        assertThat(result.config().policies())
                .extracting(PolicyInForce::pools)
                .containsExactly(List.of("lan"));
        assertThat(result.errors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.isTransient()).isTrue();
                    assertThat(error.path()).isEqualTo("spec.targetRefs[1]");
                    assertThat(error.reason()).isEqualTo("there is no IPAddressPool gone");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{targetRefs: []}|spec.targetRefs|at least one pool",
                "{targetRefs: [{name: lan}, {name: lan}]}|spec.targetRefs[1]|listed twice",
                "{targetRefs: [{name: lan, kind: BGPPeer}]}|spec.targetRefs[0].kind|IPAddressPool",
                "{targetRefs: [{name: lan}], exclude: [192.0.2.1]}|spec.exclude[0]|no range",
                "{targetRefs: [{name: lan}], quotas: [{ipv4: 1}, {}]}|spec.quotas[1]|needs ipv4 or ipv6",
                "{targetRefs: [{name: lan}], quotas: [{ipv6: -1}]}|spec.quotas[0].ipv6|negative",
                "{targetRefs: [{name: lan}], quotas: [{ipv4: 1, namespaces: [a, a]}]}|spec.quotas[0].namespaces[1]|twice",
                "{targetRefs: [{name: lan}], quotas: [{ipv4: 1, namespaceSelector: {matchLabels: {'-': a}}}]}|spec.quotas[0].namespaceSelector.matchLabels|key of a label",
                "{targetRefs: [{name: lan}], retention: {keepAfterDelete: 1d}}|spec.retention.keepAfterDelete|no duration",
                "{targetRefs: [{name: lan}], retention: {reuseAfter: -1s}}|spec.retention.reuseAfter|not between",
                "{targetRefs: [{name: lan}], retention: {}}|spec.retention|needs",
                "{targetRefs: [{name: lan}], drain: {replacement: lan}}|spec.drain.replacement|drained itself",
                "{targetRefs: [{name: lan}], drain: {replacement: b, overlap: x}}|spec.drain.overlap|no duration"
            })
    void aBadPolicyIsNamedAndLeftOut(String spec, String path, String reason) {
        ConfigResult result = load(LAN, policy("bad", 1, spec));

        assertThat(result.errors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.path()).isEqualTo(path);
                    assertThat(error.reason()).contains(reason);
                    assertThat(error.isTransient()).isFalse();
                });
        assertThat(result.config().pools())
                .extracting(Pool::policy)
                .containsExactly(PoolPolicy.NONE);
    }

    @Test
    void aBadEditOfAPolicyTakesNothingAway() {
        ConfigResult good =
                load(LAN, policy("one", 1, "{targetRefs: [{name: lan}], whenFull: Refuse}"));

        ConfigResult bad =
                ConfigLoader.load(
                        ConfigObjects.of(
                                List.of(
                                        LAN,
                                        policy(
                                                "one",
                                                1,
                                                "{targetRefs: [{name: lan}], exclude: [x]}"))),
                        good.lastGood());

        assertThat(bad.config()).isEqualTo(good.config());
        assertThat(bad.errors())
                .singleElement()
                .satisfies(error ->
                        assertThat(error.reason())
                                .endsWith("the last valid version stays in force"));
    }

    @Test
    void whatIsExcludedMustBeInThePools() {
        ConfigResult result =
                load(
                        LAN,
                        policy(
                                "far",
                                1,
                                "{targetRefs: [{name: lan}], exclude: [192.0.2.250-192.0.3.1]}"));

        assertThat(result.errors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.path()).isEqualTo("spec.exclude[0]");
                    assertThat(error.reason())
                            .startsWith(
                                    "192.0.2.250-192.0.3.1 is not within the addresses of pool lan");
                });
    }

    @Test
    void nothingIsDrainedIntoNowhereOrInACircle() {
        ConfigResult nowhere =
                load(LAN, policy("p", 1, "{targetRefs: [{name: lan}], drain: {replacement: x}}"));
        ConfigResult circle =
                load(
                        LAN,
                        NEW,
                        policy(
                                "p",
                                1,
                                "{targetRefs: [{name: lan}], drain: {replacement: lan-new}}"),
                        policy(
                                "q",
                                2,
                                "{targetRefs: [{name: lan-new}], drain: {replacement: lan}}"));

        assertThat(nowhere.config().pools()).allMatch(pool -> pool.policy().drain().isEmpty());
        assertThat(nowhere.errors()).singleElement().matches(ConfigError::isTransient);
        assertThat(circle.config().pools())
                .extracting(pool -> pool.policy().drain().isPresent())
                .containsExactly(true, false);
        assertThat(circle.errors())
                .singleElement()
                .satisfies(error ->
                        assertThat(error.toString())
                                .startsWith(
                                        "AddressPolicy metallb-system/q: spec.drain.replacement")
                                .contains("pool lan is drained itself by AddressPolicy p"));
    }

    private static ConfigResult load(HasMetadata... objects) {
        return ConfigLoader.load(ConfigObjects.of(List.of(objects)));
    }

    private static IPAddressPool pool(String name, String... addresses) {
        IPAddressPool pool = new IPAddressPool();
        name(pool, name, 0);
        pool.setSpec(new IPAddressPoolSpec(List.of(addresses), true, false, null));
        return pool;
    }

    private static AddressPolicy policy(String name, int second, String spec) {
        AddressPolicy policy = new AddressPolicy();
        name(policy, name, second);
        policy.setSpec(Serialization.unmarshal("---\n" + spec, AddressPolicySpec.class));
        return policy;
    }

    private static void name(HasMetadata object, String name, int second) {
        object.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace("metallb-system")
                        .withName(name)
                        .withUid(name)
                        .withCreationTimestamp("2026-01-01T00:00:%02dZ".formatted(second))
                        .build());
    }
}

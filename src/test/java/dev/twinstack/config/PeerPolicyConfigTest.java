package dev.twinstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.AcceptFrom;
import dev.twinstack.bgp.GracefulRestart;
import dev.twinstack.bgp.Role;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.PeerPolicy;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What PeerPolicies make of the peers.
class PeerPolicyConfigTest {

    @Test
    void everyFieldComesToThePeer() {
        ConfigResult result =
                load(
                        peer("tor"),
                        policy(
                                "p",
                                1,
                                """
                                targetRefs: [{name: tor}]
                                families: [IPv6]
                                nextHops: {ipv6: "2001:db8::1"}
                                extendedNextHop: true
                                med: 50
                                prepend: 2
                                passive: true
                                ttlSecurity: {hops: 2}
                                role: Customer
                                prefixLimit: 10
                                gracefulRestart: {time: 30s, notification: false, longLivedStaleTime: 1h}
                                gracefulShutdown: {now: true, drainTime: 20s}
                                """));

        assertThat(result.errors()).isEmpty();
        PeerRules rules = rules(result, "tor");
        assertThat(rules.families()).containsExactly(IpFamily.IPV6);
        assertThat(rules.extendedNextHop()).isTrue();
        assertThat(rules.passive()).isTrue();
        assertThat(rules.listenPort()).hasValue(179);
        assertThat(rules.ttlSecurity()).hasValue(2);
        assertThat(rules.role()).contains(Role.CUSTOMER);
        assertThat(rules.prefixLimit()).hasValue(10);
        assertThat(rules.gracefulRestart())
                .contains(
                        new GracefulRestart(
                                Duration.ofSeconds(30), false, Optional.of(Duration.ofHours(1))));
        assertThat(rules.export().ownNextHops())
                .isEqualTo(Map.of(IpFamily.IPV6, IpAddress.parse("2001:db8::1")));
        assertThat(rules.export().med()).hasValue(50);
        assertThat(rules.export().prepend()).isEqualTo(2);
        assertThat(rules.export().gracefulShutdown()).isTrue();
        assertThat(rules.export().drainTime()).contains(Duration.ofSeconds(20));
    }

    @Test
    void anEmptyPolicyLeavesThePeerAsItIs() {
        ConfigResult result = load(peer("tor"), policy("p", 1, "targetRefs: [{name: tor}]"));

        assertThat(rules(result, "tor")).isEqualTo(PeerRules.NONE);
    }

    @Test
    void defaultsOfTheParts() {
        ConfigResult result =
                load(
                        peer("tor"),
                        policy(
                                "p",
                                1,
                                "targetRefs: [{name: tor}], gracefulRestart: {}, ttlSecurity: {},"
                                        + " listenPort: 1790"));

        PeerRules rules = rules(result, "tor");
        assertThat(rules.gracefulRestart()).contains(GracefulRestart.DEFAULT);
        assertThat(rules.ttlSecurity()).hasValue(1);
        assertThat(rules.passive()).isFalse();
        assertThat(rules.listenPort()).hasValue(1790);
    }

    @Test
    void whoElseMayCall() {
        ConfigResult result =
                load(
                        peer("tor"),
                        policy(
                                "p",
                                1,
                                "targetRefs: [{name: tor}], acceptFrom: {prefixes: [10.1.0.0/24,"
                                        + " \"2001:db8::/64\"]}"));

        PeerRules rules = rules(result, "tor");
        assertThat(rules.acceptFrom())
                .contains(
                        new AcceptFrom(
                                Set.of(
                                        IpPrefix.parse("10.1.0.0/24"),
                                        IpPrefix.parse("2001:db8::/64")),
                                16));
        assertThat(rules.listenPort()).hasValue(179);
    }

    @Test
    void ofTwoPoliciesForOnePeerTheOlderOneHolds() {
        ConfigResult result =
                load(
                        peer("tor"),
                        peer("other"),
                        policy("younger", 2, "targetRefs: [{name: tor}, {name: other}], med: 2"),
                        policy("older", 1, "targetRefs: [{name: tor}], med: 1"));

        assertThat(rules(result, "tor").export().med()).hasValue(1);
        assertThat(rules(result, "other").export().med()).hasValue(2);
        assertThat(result.errors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.object()).isEqualTo("PeerPolicy younger");
                    assertThat(error.path()).isEqualTo("spec.targetRefs[0]");
                    assertThat(error.reason()).contains("older", "tor");
                });
    }

    @Test
    void aPolicyMayComeBeforeItsPeer() {
        ConfigResult result = load(policy("p", 1, "targetRefs: [{name: tor}]"));

        assertThat(result.errors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.isTransient()).isTrue();
                    assertThat(error.reason()).isEqualTo("there is no BGPPeer tor");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'nextHops: {ipv4: \"2001:db8::1\"}' | spec.nextHops.ipv4",
                "'nextHops: {ipv6: nowhere}' | spec.nextHops.ipv6",
                "'gracefulRestart: {time: 2h}' | spec.gracefulRestart",
                "'gracefulRestart: {longLivedStaleTime: 5000h}' | spec.gracefulRestart",
                "'gracefulShutdown: {drainTime: 11m}' | spec.gracefulShutdown.drainTime",
                "'prepend: 17' | spec",
                "'ttlSecurity: {hops: 255}' | spec.ttlSecurity.hops",
                "'listenPort: 0' | spec.listenPort",
                "'acceptFrom: {prefixes: [10.1.0.0/33]}' | spec.acceptFrom.prefixes[0]",
                "'acceptFrom: {prefixes: [10.1.0.0/24], limit: 0}' | spec.acceptFrom",
                "'prefixLimit: -1' | spec.prefixLimit",
            })
    void whatMakesNoSenseIsNamed(String field, String path) {
        ConfigResult result =
                load(peer("tor"), policy("p", 1, "targetRefs: [{name: tor}], " + field));

        assertThat(result.errors()).extracting(ConfigError::path).containsExactly(path);
        assertThat(rules(result, "tor")).isEqualTo(PeerRules.NONE);
    }

    private static PeerRules rules(ConfigResult result, String peer) {
        return result.config().peer(peer).orElseThrow().rules();
    }

    private static ConfigResult load(HasMetadata... objects) {
        return ConfigLoader.load(ConfigObjects.of(List.of(objects)));
    }

    private static BGPPeer peer(String name) {
        return Serialization.unmarshal(
                """
                apiVersion: metallb.io/v1beta2
                kind: BGPPeer
                metadata: {name: %s, uid: peer-%s}
                spec: {myASN: 64512, peerASN: 64500, peerAddress: 192.0.2.1}
                """
                        .formatted(name, name),
                BGPPeer.class);
    }

    private static PeerPolicy policy(String name, int second, String spec) {
        String body = spec.contains("\n") ? "\n" + spec.indent(2) : " {%s}".formatted(spec);
        return Serialization.unmarshal(
                """
                apiVersion: twinstack.dev/v1alpha1
                kind: PeerPolicy
                metadata:
                  name: %s
                  uid: policy-%s
                  creationTimestamp: "2026-01-01T00:00:0%dZ"
                spec:%s
                """
                        .formatted(name, name, second, body),
                PeerPolicy.class);
    }
}

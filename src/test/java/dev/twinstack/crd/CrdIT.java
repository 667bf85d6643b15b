package dev.twinstack.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.testing.lab.Kubectl;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a real API server makes of the CRDs: manifests for MetalLB are taken or refused as by
/// MetalLB's own.
@ExtendWith(LabExtension.class)
class CrdIT {

    private static final Set<String> KINDS =
            Set.of(
                    "IPAddressPool",
                    "L2Advertisement",
                    "BGPAdvertisement",
                    "BGPPeer",
                    "BFDProfile",
                    "Community");

    @BeforeAll
    static void install(LabCluster cluster) {
        cluster.kubectl().applyKustomization(Path.of("kubernetes"));
        cluster.kubectl()
                .run("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s")
                .orFail();
    }

    /// Every object of the conformance table: what MetalLB's schema refuses is refused, what
    /// MetalLB takes in any mode is taken. What it refuses later may be refused here already.
    @TestFactory
    Stream<DynamicTest> conformance(LabCluster cluster) throws IOException {
        Path file =
                Path.of(
                        System.getProperty("conformance.dir", "src/test/resources/conformance"),
                        "config_validation.json");
        JsonNode cases = new ObjectMapper().readTree(file.toFile()).path("cases");
        return cases.valueStream()
                .filter(each -> each.path("crd_expressible").asBoolean())
                .map(each ->
                        DynamicTest.dynamicTest(
                                each.path("id").asText(),
                                () -> checkCase(cluster.kubectl(), each)));
    }

    private static void checkCase(Kubectl kubectl, JsonNode each) {
        boolean refusedByEverybody =
                each.path("mode").asText().equals("any") && !each.at("/expect/accept").asBoolean();
        boolean refusedBySchema = each.at("/expect/refused_at").asText().contains("schema");

        List<Kubectl.Result> answers =
                each.path("resources")
                        .valueStream()
                        .filter(object -> KINDS.contains(object.path("kind").asText()))
                        .map(object -> kubectl.tryApply(inOwnNamespace(object), "--dry-run=server"))
                        .toList();

        boolean taken = answers.stream().allMatch(Kubectl.Result::succeeded);
        String description = "%s: %s".formatted(each.path("summary").asText(), answers);
        if (refusedBySchema) {
            assertThat(taken).as(description).isFalse();
        } else if (!refusedByEverybody) {
            assertThat(taken).as(description).isTrue();
        }
    }

    /// Names of MetalLB's unit tests are no names for an API server.
    private static String inOwnNamespace(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        ((ObjectNode) copy.path("metadata"))
                .put("namespace", "metallb-system")
                .put("name", "it-" + object.at("/metadata/name").asText().toLowerCase(Locale.ROOT));
        return copy.toString();
    }

    @Test
    void examplesAreTaken(LabCluster cluster) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("docs", "examples"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                String manifests = Files.readString(file);
                if (manifests.contains("metallb.io/v1beta")
                        || manifests.contains("twinstack.dev/v1alpha1")) {
                    cluster.kubectl().tryApply(manifests, "--dry-run=server").orFail();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v1beta1 IPAddressPool|{}|spec.addresses: Required value",
                "v1beta1 IPAddressPool|{addresses: 192.0.2.0/24}|spec.addresses: Invalid value",
                "v1beta1 IPAddressPool|{addresses: [a], autoAssign: 'no'}|spec.autoAssign: Invalid"
                        + " value",
                "v1beta1 IPAddressPool|{addresses: [a], protocol: bgp}|unknown field"
                        + " \"spec.protocol\"",
                "v1beta2 BGPPeer|{peerASN: 1, peerAddress: 192.0.2.1}|spec.myASN: Required value",
                "v1beta2 BGPPeer|{myASN: 4294967296}|less than or equal to 4294967295",
                "v1beta2 BGPPeer|{myASN: -1}|greater than or equal to 0",
                "v1beta2 BGPPeer|{myASN: 1, localASN: 0}|greater than or equal to 1",
                "v1beta2 BGPPeer|{myASN: 1, peerPort: 0}|greater than or equal to 1",
                "v1beta2 BGPPeer|{myASN: 1, peerPort: 16385}|less than or equal to 16384",
                "v1beta2 BGPPeer|{myASN: 1, dynamicASN: any}|supported values: \"external\","
                        + " \"internal\"",
                "v1beta2 BGPPeer|{myASN: 1, connectTime: 0s}|connectTime must be 1 to 65535"
                        + " seconds",
                "v1beta2 BGPPeer|{myASN: 1, connectTime: 1500ms}|connectTime must be a whole number"
                        + " of seconds",
                "v1beta2 BGPPeer|{myASN: 1, connectTime: 20h}|connectTime must be 1 to 65535"
                        + " seconds",
                "v1beta2 BGPPeer|{myASN: 1, nodeSelectors: [{matchExpressions: [{key:"
                        + " a}]}]}|operator: Required value",
                "v1beta1 BGPAdvertisement|{aggregationLength: 0}|greater than or equal to 1",
                "v1beta1 BGPAdvertisement|{aggregationLength: 33}|less than or equal to 32",
                "v1beta1 BGPAdvertisement|{aggregationLengthV6: 129}|less than or equal to 128",
                "v1beta1 BGPAdvertisement|{localPref: 4294967296}|less than or equal to 4294967295",
                "v1beta1 BGPAdvertisement|{aggregationLength: 24, serviceSelectors:"
                        + " [{}]}|serviceSelectors need host routes",
                "v1beta1 L2Advertisement|{preferredNodeSelectors: [{weight: 101, preference:"
                        + " {}}]}|less than or equal to 100",
                "v1beta1 L2Advertisement|{preferredNodeSelectors: [{weight: 1}]}|preference:"
                        + " Required value",
                "v1beta1 BFDProfile|{receiveInterval: 9}|greater than or equal to 10",
                "v1beta1 BFDProfile|{transmitInterval: 60001}|less than or equal to 60000",
                "v1beta1 BFDProfile|{detectMultiplier: 1}|greater than or equal to 2",
                "v1beta1 BFDProfile|{minimumTtl: 255}|less than or equal to 254",
                "v1beta1 Community|{communities: [{name: 1}]}|communities[0].name: Invalid value",
                "v1alpha1 PeerPolicy|{targetRefs: []}|at least 1 items",
                "v1alpha1 PeerPolicy|{targetRefs: [{name: a, kind: IPAddressPool}]}|kind must be"
                        + " BGPPeer",
                "v1alpha1 PeerPolicy|{targetRefs: [{name: a}, {name: a}]}|must name each peer once",
                "v1alpha1 PeerPolicy|{targetRefs: [{name: a}], families: [IPX]}|supported values",
                "v1alpha1 PeerPolicy|{targetRefs: [{name: a}], prepend: 17}|less than or equal to"
                        + " 16",
                "v1alpha1 PeerPolicy|{targetRefs: [{name: a}], ttlSecurity: {hops: 0}}|greater than"
                        + " or equal to 1",
                "v1alpha1 PeerPolicy|{targetRefs: [{name: a}], gracefulRestart: {time: 2h}}|time"
                        + " must be 1s to 4095s",
                "v1alpha1 AddressPolicy|{}|spec.targetRefs: Required value",
                "v1alpha1 AddressPolicy|{targetRefs: []}|at least 1 items",
                "v1alpha1 AddressPolicy|{targetRefs: [{}]}|targetRefs[0].name: Required value",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a, group: v1}]}|group must be metallb.io",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a, kind: BGPPeer}]}|kind must be IPAddressPool",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}, {name: a}]}|must name each pool once",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], whenFull: Panic}|supported values: \"Refuse\", \"Wait\"",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], quotas: [{namespaces: [b]}]}|a quota needs ipv4 or ipv6",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], quotas: [{ipv4: -1}]}|greater than or equal to 0",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], retention: {}}|retention needs keepAfterDelete or reuseAfter",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], retention: {keepAfterDelete: 1d}}|keepAfterDelete",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], retention: {reuseAfter: 0s}}|reuseAfter must be above 0s",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], dualStack: {upgrade: Sometimes}}|supported values: \"Always\", \"Never\"",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], dualStack: {pairing: Prefix}}|supported values: \"None\", \"Suffix\"",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], drain: {overlap: 1m}}|drain.replacement: Required value",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], drain: {replacement: b, overlap: -1s}}|overlap must be 0s to 8760h",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], drain: {replacement: a}}|can't be one of the pools that are drained",
                "v1alpha1 AddressClaim|{}|exactly one of pool and addresses",
                "v1alpha1 AddressClaim|{pool: a, addresses: [192.0.2.1]}|exactly one of pool and"
                        + " addresses",
                "v1alpha1 AddressClaim|{addresses: [192.0.2.1], families: [IPv4]}|families go with"
                        + " pool",
                "v1alpha1 AddressClaim|{pool: a, families: [IPv5]}|supported values: \"IPv4\","
                        + " \"IPv6\"",
                "v1alpha1 AddressClaim|{pool: a, families: [IPv4, IPv4]}|each family once",
                "v1alpha1 AddressClaim|{addresses: [a, b, c]}|at most 2 items",
                "v1alpha1 AddressClaim|{pool: a, serviceRef: {}}|serviceRef.name: Required value",
                "v1alpha1 AddressClaim|{pool: a, retention: {keepUntil: '2026-01-01T00:00:00Z',"
                        + " reusableFrom: '2026-01-01T00:00:00Z'}}|set by the controller"
            })
    void badManifestsAreRefused(String kind, String spec, String message, LabCluster cluster) {
        Kubectl.Result result =
                cluster.kubectl().tryApply(manifest(kind, "bad", spec), "--dry-run=server");

        assertThat(result.succeeded()).isFalse();
        assertThat(result.err()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v1beta1 IPAddressPool|{addresses: [not judged here]}",
                "v1beta1 IPAddressPool|{addresses: [], serviceAllocation: {priority: -7,"
                        + " serviceSelectors: [{}]}}",
                "v1beta2 BGPPeer|{myASN: 4294967295, peerASN: 4200000000, peerPort: 16384,"
                        + " connectTime: 1m5s}",
                "v1beta2 BGPPeer|{myASN: 0}",
                "v1beta1 BGPAdvertisement|{}",
                "v1beta1 BGPAdvertisement|{localPref: 4294967295, aggregationLengthV6: 0}",
                "v1beta1 BGPAdvertisement|{aggregationLength: 32, serviceSelectors: [{}]}",
                "v1beta1 BGPAdvertisement|{aggregationLength: 24, serviceSelectors: []}",
                "v1beta1 L2Advertisement|{interfaces: [eth0], preferredNodeSelectors: [{weight: 1,"
                        + " preference: {}}]}",
                "v1beta1 BFDProfile|{}",
                "v1beta1 Community|{}",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}, {group: metallb.io, kind: IPAddressPool, name: b}]}",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], exclude: [not judged here], quotas: [{namespaceSelector: {}, ipv6: 0}]}",
                "v1alpha1 AddressPolicy|{targetRefs: [{name: a}], retention: {keepAfterDelete: 1h30m}, drain: {replacement: b, overlap: 0s}}",
                "v1alpha1 AddressClaim|{pool: a}",
                "v1alpha1 AddressClaim|{pool: a, families: [IPv6, IPv4], serviceRef: {name: web}}",
                "v1alpha1 AddressClaim|{addresses: [not judged here]}"
            })
    void whatOnlyTheProgramCanJudgeIsTaken(String kind, String spec, LabCluster cluster) {
        cluster.kubectl().tryApply(manifest(kind, "good", spec), "--dry-run=server").orFail();
    }

    @Test
    void absentFieldsGetMetalLbsDefaults(LabCluster cluster) {
        assertThat(spec(cluster, "v1beta1 IPAddressPool", "{addresses: [192.0.2.0/24]}"))
                .isEqualTo(
                        Serialization.unmarshal(
                                "addresses: [192.0.2.0/24]\nautoAssign: true\navoidBuggyIPs: false",
                                JsonNode.class));
        assertThat(spec(cluster, "v1beta2 BGPPeer", "{myASN: 1}"))
                .isEqualTo(
                        Serialization.unmarshal(
                                "myASN: 1\npeerPort: 179\ndisableMP: false\n"
                                        + "dualStackAddressFamily: false",
                                JsonNode.class));
        assertThat(spec(cluster, "v1beta1 BGPAdvertisement", "{}"))
                .isEqualTo(
                        Serialization.unmarshal(
                                "aggregationLength: 32\naggregationLengthV6: 128", JsonNode.class));
    }

    @Test
    void absentFieldsOfAPolicyAreFilledIn(LabCluster cluster) {
        assertThat(
                        spec(
                                cluster,
                                "v1alpha1 AddressPolicy",
                                "{targetRefs: [{name: lan}], dualStack: {}}"))
                .isEqualTo(
                        Serialization.unmarshal(
                                """
                                targetRefs: [{group: metallb.io, kind: IPAddressPool, name: lan}]
                                whenFull: Wait
                                dualStack: {upgrade: Never, pairing: None}
                                """,
                                JsonNode.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{pool: lan}|{pool: wan}|pool can't be changed",
                "{pool: lan}|{pool: lan, families: [IPv6]}|families can't be changed",
                "{pool: lan}|{addresses: [192.0.2.1]}|pool can't be changed",
                "{addresses: [192.0.2.1]}|{addresses: [192.0.2.2]}|addresses can't be changed"
            })
    void aClaimKeepsToWhatItAskedFor(
            String before, String after, String message, LabCluster cluster) {
        Kubectl kubectl = cluster.kubectl();
        kubectl.apply(manifest("v1alpha1 AddressClaim", "fixed", before));

        Kubectl.Result result =
                kubectl.run(
                        "patch",
                        "addrclaim",
                        "fixed",
                        "-n",
                        "metallb-system",
                        "--type=json",
                        "-p",
                        "[{op: replace, path: /spec, value: %s}]".formatted(after));

        assertThat(result.err()).contains(message);
        kubectl.run("delete", "addressclaim", "fixed", "-n", "metallb-system").orFail();
    }

    @Test
    void gracefulRestartCannotBeChanged(LabCluster cluster) {
        Kubectl kubectl = cluster.kubectl();
        kubectl.apply(
                manifest("v1beta2 BGPPeer", "restart", "{myASN: 1, enableGracefulRestart: true}"));

        Kubectl.Result result =
                kubectl.tryApply(
                        manifest(
                                "v1beta2 BGPPeer",
                                "restart",
                                "{myASN: 1, enableGracefulRestart: false}"));

        assertThat(result.err()).contains("enableGracefulRestart cannot be changed after creation");
        kubectl.run("delete", "bgppeer", "restart", "-n", "metallb-system").orFail();
    }

    @Test
    void statusIsWrittenApartAndWhole(LabCluster cluster) {
        Kubectl kubectl = cluster.kubectl();
        kubectl.apply(manifest("v1beta1 IPAddressPool", "counted", "{addresses: [192.0.2.0/24]}"));

        assertThat(patchStatus(kubectl, "{\"status\":{\"assignedIPv4\":1}}").err())
                .contains("status.availableIPv6: Required value");
        patchStatus(
                        kubectl,
                        "{\"status\":{\"assignedIPv4\":1,\"assignedIPv6\":0,\"availableIPv4\":255,"
                                + "\"availableIPv6\":9223372036854775807}}")
                .orFail();

        IPAddressPool pool =
                cluster.client()
                        .resources(IPAddressPool.class)
                        .inNamespace("metallb-system")
                        .withName("counted")
                        .get();
        assertThat(pool.getStatus()).isEqualTo(new IPAddressPoolStatus(1, 0, 255, Long.MAX_VALUE));
        assertThat(kubectl.run("get", "ipaddresspools", "counted", "-n", "metallb-system").out())
                .containsPattern("NAME +AUTO ASSIGN +AVOID BUGGY IPS +ADDRESSES")
                .containsPattern("counted +true +false +\\[\"192.0.2.0/24\"]");
        kubectl.run("delete", "ipaddresspool", "counted", "-n", "metallb-system").orFail();
    }

    @Test
    void sessionsAreShownInColumns(LabCluster cluster) {
        BGPSession session = new BGPSession();
        session.getMetadata().setNamespace("metallb-system");
        session.getMetadata().setName("n1-router");
        var sessions = cluster.client().resources(BGPSession.class).inNamespace("metallb-system");
        BGPSession created = sessions.resource(session).create();
        created.setStatus(
                Serialization.unmarshal(
                        """
                        node: n1
                        peer: router
                        state: Established
                        since: "2026-01-01T00:00:00Z"
                        prefixes: IPv4 3, IPv6 0 of 1
                        problems: [a route is not sent]
                        """,
                        BGPSessionStatus.class));
        sessions.resource(created).updateStatus();

        assertThat(cluster.kubectl().run("get", "bgpsessions", "-n", "metallb-system").out())
                .containsPattern("NAME +NODE +PEER +STATE +SINCE +PREFIXES +PROBLEM")
                .containsPattern(
                        "n1-router +n1 +router +Established +[0-9]+[dhms] +IPv4 3, IPv6 0 of 1 +a route");
        sessions.resource(created).delete();
    }

    @Test
    void policiesAndClaimsAnswerTheEverydayQuestionInColumns(LabCluster cluster) {
        Kubectl kubectl = cluster.kubectl();
        kubectl.apply(
                manifest("v1alpha1 AddressPolicy", "shown", "{targetRefs: [{name: lan}]}")
                        + "---\n"
                        + manifest("v1alpha1 AddressClaim", "shown", "{pool: lan}"));
        patchStatus(
                        kubectl,
                        "addresspolicy",
                        "shown",
                        "status: {pools: [lan], assigned: {ipv4: 3, ipv6: 2}, available: {ipv4: 5,"
                                + " ipv6: 6}, conditions: [{type: Accepted, status: 'True', reason:"
                                + " InForce, message: '', lastTransitionTime:"
                                + " '2026-01-01T00:00:00Z'}]}")
                .orFail();
        patchStatus(
                        kubectl,
                        "addressclaim",
                        "shown",
                        "status: {addresses: [192.0.2.1], pool: lan, usedBy: [web], conditions:"
                                + " [{type: Bound, status: 'True', reason: Bound, message: '',"
                                + " lastTransitionTime: '2026-01-01T00:00:00Z'}]}")
                .orFail();

        assertThat(kubectl.run("get", "addrpol", "-n", "metallb-system").out())
                .containsPattern("POOLS +ACCEPTED +REASON +IPV4 USED +IPV4 FREE +IPV6 USED +AGE")
                .containsPattern("shown +\\[\"lan\"] +True +InForce +3 +5 +2 ");
        assertThat(kubectl.run("get", "addrclaim", "-n", "metallb-system").out())
                .containsPattern("NAME +ADDRESSES +POOL +BOUND +USED BY +AGE")
                .containsPattern("shown +\\[\"192.0.2.1\"] +lan +True +\\[\"web\"] ");
        kubectl.run("delete", "addrpol,addrclaim", "shown", "-n", "metallb-system").orFail();
    }

    @Test
    void kubectlExplainsEveryField(LabCluster cluster) {
        for (String kind :
                List.of(
                        "ipaddresspools",
                        "bgppeers",
                        "bgpadvertisements",
                        "bgpsessions",
                        "addresspolicies",
                        "addrclaim")) {
            String text =
                    cluster.kubectl().run("explain", kind, "--recursive=false").orFail().out();
            assertThat(text).doesNotContain("<no description>");
        }
        assertThat(cluster.kubectl().run("explain", "bgppeer.spec.holdTime").orFail().out())
                .contains("0s or at least 3s");
    }

    private static Kubectl.Result patchStatus(Kubectl kubectl, String patch) {
        return patchStatus(kubectl, "ipaddresspool", "counted", patch);
    }

    private static Kubectl.Result patchStatus(
            Kubectl kubectl, String kind, String name, String patch) {
        return kubectl.run(
                "patch",
                kind,
                name,
                "-n",
                "metallb-system",
                "--subresource=status",
                "--type=merge",
                "-p",
                patch);
    }

    private static JsonNode spec(LabCluster cluster, String kind, String spec) {
        String object =
                cluster.kubectl()
                        .tryApply(manifest(kind, "default", spec), "--dry-run=server", "-o", "json")
                        .orFail()
                        .out();
        return Serialization.unmarshal(object, JsonNode.class).path("spec");
    }

    private static String manifest(String kind, String name, String spec) {
        return """
        apiVersion: %s/%s
        kind: %s
        metadata: {name: %s, namespace: metallb-system}
        spec: %s
        """
                .formatted(
                        kind.startsWith("v1alpha1 ") ? "twinstack.dev" : "metallb.io",
                        kind.substring(0, kind.indexOf(' ')),
                        kind.substring(kind.indexOf(' ') + 1),
                        name,
                        spec);
    }
}

package dev.twinstack.admission.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.twinstack.admission.ClusterFamilies;
import dev.twinstack.admission.testing.LocalAuthority;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.crd.BFDProfile;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.Community;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.L2Advertisement;
import dev.twinstack.net.IpFamily;
import dev.twinstack.testing.conformance.Fields;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of `admission` in `conformance/misc.json`. What MetalLB's tests look at inside is
/// looked at from outside: an object that can't stand beside the one that is there is refused, and
/// the stored version of an object is not beside its new one.
class AdmissionConformanceTest {

    private static final String NAMESPACE = "metallb";

    /// One kind's objects, as `spec` in flow form.
    ///
    /// @param first the one that is there
    /// @param edited another version of it, which could not stand beside the first one
    /// @param rival of another name, and not to stand beside the first one; where objects of a kind
    ///   never conflict, one that can
    /// @param conflicts whether rivals of this kind are refused
    private record Kind(
            Class<? extends HasMetadata> type,
            String version,
            String first,
            String edited,
            String rival,
            String bad,
            boolean conflicts) {}

    private static final Map<String, Kind> KINDS =
            Map.of(
                    "IPAddressPool",
                    new Kind(
                            IPAddressPool.class,
                            "v1beta1",
                            "{addresses: [192.0.2.0/24]}",
                            "{addresses: [192.0.2.0/25]}",
                            "{addresses: [192.0.2.7/32]}",
                            "{addresses: [192.0.2]}",
                            true),
                    "BGPAdvertisement",
                    new Kind(
                            BGPAdvertisement.class,
                            "v1beta1",
                            "{localPref: 100}",
                            "{localPref: 200}",
                            "{localPref: 300}",
                            "{communities: [nonsense:1:2]}",
                            true),
                    "L2Advertisement",
                    new Kind(
                            L2Advertisement.class,
                            "v1beta1",
                            "{ipAddressPools: [lan]}",
                            "{ipAddressPools: [lan], interfaces: [eth0]}",
                            "{ipAddressPools: [lan]}",
                            "{ipAddressPools: [lan, lan]}",
                            false),
                    "Community",
                    new Kind(
                            Community.class,
                            "v1beta1",
                            "{communities: [{name: blackhole, value: '65535:666'}]}",
                            "{communities: [{name: blackhole, value: '65535:667'}]}",
                            "{communities: [{name: blackhole, value: '65535:668'}]}",
                            "{communities: [{name: bad, value: none}]}",
                            true),
                    "BGPPeer",
                    new Kind(
                            BGPPeer.class,
                            "v1beta2",
                            "{myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1}",
                            "{myASN: 64512, peerASN: 64514, peerAddress: 192.0.2.1}",
                            "{myASN: 64512, peerASN: 64514, peerAddress: 192.0.2.1}",
                            "{myASN: 64512, peerASN: 64513, peerAddress: router}",
                            false),
                    "BFDProfile",
                    new Kind(
                            BFDProfile.class,
                            "v1beta1",
                            "{receiveInterval: 300}",
                            "{receiveInterval: 400}",
                            "{receiveInterval: 500}",
                            "{receiveInterval: 1}",
                            false));

    @TestFactory
    Stream<DynamicTest> cases() {
        return Fields.file("misc.json").objects("admission").stream()
                .map(each ->
                        dynamicTest(
                                each.text("kind") + ": " + each.text("summary"),
                                () -> check(each)));
    }

    private static void check(Fields each) {
        each.remarks("summary", "source", "derived", "upstream_flaw", "note");
        String name = each.text("kind");
        String namespace = each.text("namespace", NAMESPACE);
        Kind kind = Optional.ofNullable(KINDS.get(name)).orElseThrow();
        String operation = each.text("operation");
        String expect = each.has("recommended") ? each.text("recommended") : each.text("expect");
        each.remarks("expect");
        switch (expect) {
            case "both handed to the check", "nodes handed to the check" ->
                    checkTogether(name, kind, namespace);
            case "only the new version handed to the check" ->
                    assertAllowed(
                            review(
                                    operation,
                                    namespace,
                                    object(name, "first", kind.first()),
                                    object(name, "first", kind.edited())));
            case "denied" ->
                    assertThat(
                                    review(
                                                    "any".equals(operation) ? "CREATE" : operation,
                                                    namespace,
                                                    object(name, "first", kind.first()),
                                                    object(name, "second", kind.bad()))
                                            .getAllowed())
                            .isFalse();
            case "denied, check not run" -> checkForeign(name, kind, operation, namespace);
            case "warn and check" -> checkDisabledMp(kind);
            default -> throw new AssertionError("unknown expectation " + expect);
        }
        each.end();
    }

    private static void checkTogether(String name, Kind kind, String namespace) {
        HasMetadata first = object(name, "first", kind.first());
        AdmissionResponse response =
                review("CREATE", namespace, first, object(name, "second", kind.rival()));
        if (kind.conflicts()) {
            assertThat(response.getAllowed()).isFalse();
            assertThat(response.getStatus().getMessage()).contains("first");
        } else {
            // Sessions and L2 advertisements are independent of each other.
            assertAllowed(response);
        }
    }

    private static void checkForeign(String name, Kind kind, String operation, String namespace) {
        AdmissionResponse response =
                review(
                        operation,
                        namespace,
                        object(name, "first", kind.first()),
                        object(name, "second", kind.bad()));
        assertThat(response.getStatus().getMessage())
                .isEqualTo("resource must be created in %s namespace".formatted(NAMESPACE));
    }

    private static void checkDisabledMp(Kind kind) {
        HasMetadata there = object("BGPPeer", "first", kind.first());
        String disabled = kind.first().replace("}", ", disableMP: true}");
        String bad = kind.bad().replace("}", ", disableMP: true}");
        AdmissionResponse good =
                review("CREATE", NAMESPACE, there, object("BGPPeer", "second", disabled));
        assertAllowed(good);
        assertThat(good.getWarnings())
                .anySatisfy(warning -> assertThat(warning).contains("disableMP"));
        assertThat(
                        review("CREATE", NAMESPACE, there, object("BGPPeer", "second", bad))
                                .getAllowed())
                .isFalse();
        assertThat(
                        review("CREATE", "default", there, object("BGPPeer", "second", disabled))
                                .getAllowed())
                .isFalse();
    }

    private static void assertAllowed(AdmissionResponse response) {
        assertThat(response.getAllowed()).as("%s", response).isTrue();
    }

    /// @param there with the same name as `object`: its stored version
    private static AdmissionResponse review(
            String operation, String namespace, HasMetadata there, HasMetadata object) {
        HasMetadata pool = object("IPAddressPool", "lan", "{addresses: [198.51.100.0/24]}");
        HasMetadata node = new NodeBuilder().withNewMetadata().withName("n").endMetadata().build();
        there.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
        List<HasMetadata> present = Arrays.asList(pool, node, there);
        AdmissionRequest request = new AdmissionRequest();
        request.setOperation(operation);
        request.setNamespace(namespace);
        request.setObject(object);
        if ("UPDATE".equals(operation)) {
            request.setOldObject(there);
        }
        LocalAuthority authority =
                new LocalAuthority(true, new ClusterFamilies(IpFamily.IPV4, true), _ -> true);
        return new ConfigValidation(
                        () -> Optional.of(ConfigObjects.of(present)), NAMESPACE, authority)
                .review(request);
    }

    private static HasMetadata object(String kind, String name, String spec) {
        Kind its = Optional.ofNullable(KINDS.get(kind)).orElseThrow();
        return Serialization.unmarshal(
                """
                apiVersion: metallb.io/%s
                kind: %s
                metadata: {name: %s, namespace: %s}
                spec: %s
                """
                        .formatted(its.version(), kind, name, NAMESPACE, spec),
                its.type());
    }
}

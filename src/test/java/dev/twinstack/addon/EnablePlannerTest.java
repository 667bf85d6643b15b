package dev.twinstack.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.twinstack.install.FoundObjects;
import dev.twinstack.install.OwnManifests;
import dev.twinstack.install.Step;
import dev.twinstack.install.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnablePlannerTest {

    private static final String CLUSTER =
            """
            apiVersion: v1
            kind: Node
            metadata: {name: n1}
            status: {addresses: [{type: InternalIP, address: 192.0.2.11}, {type: Hostname, address: n1}]}
            ---
            apiVersion: crd.projectcalico.org/v1
            kind: IPPool
            metadata: {name: default-ipv4-ippool}
            spec: {cidr: 10.1.0.0/16}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: kubernetes, namespace: default}
            spec: {clusterIPs: [10.152.183.1]}
            """;

    private static final String POOL =
            """
            ---
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: default, namespace: metallb-system, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {addresses: [192.168.1.240-192.168.1.250], autoAssign: true, avoidBuggyIPs: false}
            """;

    private static final String METALLB =
            """
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: speaker, namespace: metallb-system, labels: {app: metallb}}
            """;

    @Test
    void aClusterGetsTheProgramAndTheUsersObjects() {
        EnablePlan.Steps plan =
                steps(
                        "--pool 192.168.1.240-192.168.1.250 --pool 2001:db8::/64 --peer 10.0.0.1"
                                + " --peer-asn 64512 --my-asn 64513",
                        CLUSTER);

        assertThat(applied(plan.steps()).getFirst()).isEqualTo("ClusterRole twinstack-addon");
        assertThat(applied(plan.steps()))
                .containsAll(
                        OwnManifests.all().stream()
                                .map(each -> Target.of(each).toString())
                                .toList())
                .endsWith(
                        "IPAddressPool metallb-system/default",
                        "BGPPeer metallb-system/peer-10-0-0-1",
                        "BGPAdvertisement metallb-system/default");
        assertThat(plan.notes()).anyMatch(note -> note.contains("microk8s twinstack sessions"));
    }

    @Test
    void aPeerSaysWhatWasTyped() {
        EnablePlan.Steps plan =
                steps("--peer fd00::1 --peer 10.0.0.1 --peer-asn 1,2 --my-asn 64513", CLUSTER);

        List<String> specs =
                plan.steps().stream()
                        .filter(Step.Apply.class::isInstance)
                        .flatMap(step -> ((Step.Apply) step).objects().stream())
                        .filter(object -> object.path("kind").asText().equals("BGPPeer"))
                        .map(object -> object.path("spec").toString())
                        .toList();
        assertThat(specs)
                .containsExactly(
                        "{\"myASN\":64513,\"peerASN\":1,\"peerAddress\":\"fd00::1\"}",
                        "{\"myASN\":64513,\"peerASN\":2,\"peerAddress\":\"10.0.0.1\"}");
    }

    @Test
    void everyContainerRunsTheImage() {
        EnablePlan.Steps plan = steps("", CLUSTER);

        List<String> images =
                plan.steps().stream()
                        .filter(Step.Apply.class::isInstance)
                        .flatMap(step -> ((Step.Apply) step).objects().stream())
                        .flatMap(object -> object.findValuesAsText("image").stream())
                        .toList();
        assertThat(images).hasSize(2).containsOnly("example/twinstack:1");
    }

    @Test
    void undoDeletesOnlyWhatWasNotThere() {
        // Given MetalLB's kinds and namespace, and a pool
        String there =
                """
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: metallb-system}
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: ipaddresspools.metallb.io}
                """;

        // When
        EnablePlan.Steps plan = steps("--pool 192.168.1.240-192.168.1.250", CLUSTER + there + POOL);

        // Then
        List<String> deleted =
                ((Step.Delete) plan.undo().getFirst())
                        .targets().stream().map(Target::toString).toList();
        assertThat(deleted)
                .doesNotContain(
                        "Namespace metallb-system",
                        "CustomResourceDefinition ipaddresspools.metallb.io",
                        "IPAddressPool metallb-system/default")
                .contains("Deployment metallb-system/twinstack-controller")
                .endsWith("ClusterRole twinstack-addon");
    }

    @Test
    void whatIsThereAlreadyIsLeftAsItIs() {
        EnablePlan.Steps plan = steps("--pool 192.168.1.240-192.168.1.250", CLUSTER + POOL);

        assertThat(applied(plan.steps())).noneMatch(object -> object.startsWith("IPAddressPool"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pool 10.0.0.9-10.0.0.1 | it ends before it starts | --pool 10.0.0.1-10.0.0.9",
                "--pool fe80::/64 | link-local | that your routers can send",
                "--pool 169.254.1.0/24 | link-local | that your routers can send",
                "--pool ::/0 | all addresses there are | that your routers",
                "--pool 0.0.0.0/0 | all addresses there are | that your routers",
                "--pool ::ffff:10.0.0.0/120 | IPv4-mapped | that your routers",
                "--pool ff02::/64 | multicast | that your routers",
                "--pool 127.0.0.0/24 | reserved for the host itself | that your routers",
                "--pool 240.0.0.0/24 | reserved | that your routers",
                "--pool 10.0.0.1 | needs its length | --pool 10.0.0.1/32",
                "--pool 10.0.0.5/24 | bits set behind its length | --pool 10.0.0.0/24",
                "--pool 10.0.0.1-2001:db8::1 | starts in one family | a pool for each",
                "--pool 999.0.0.0/24 | invalid IP address | a pool is",
                "--pool 10.0.0.0/33 | prefix length | a pool is",
                "--pool 10.0.0.0/24 --pool 10.0.0.7-10.0.0.9 | overlaps 10.0.0.0-10.0.0.255 | once",
                "--pool 10.152.183.128/25 | 10.152.183.0/24, the range of Services | servicecidrs",
                "--pool 10.152.0.0/16 | the range of Services | servicecidrs",
                "--pool 10.1.2.0/24 | 10.1.0.0/16, the range of pods | ippools",
                "--pool 192.0.2.0/24 | 192.0.2.11, the address of node n1 | get nodes",
                "--peer 10.0.0.1 --my-asn 64512 | AS number of the router is missing | --peer-asn",
                "--peer 10.0.0.1 --peer-asn 64512 | our own AS number is missing | --my-asn 64512",
                "--peer-asn 64512 --my-asn 64512 | no router to talk to | --peer 10.0.0.1",
                "--peer 10.0.0.1/24 --peer-asn 1 --my-asn 1 | invalid IP address | without a length",
                "--peer fe80::1 --peer-asn 1 --my-asn 1 | link-local | spec.interface",
                "--peer 10.1.0.1 --peer-asn 1 --my-asn 1 | the range of pods | of the router",
                "--peer 10.0.0.1 --peer-asn 0 --my-asn 1 | reserved | private numbers",
                "--peer 10.0.0.1 --peer-asn x --my-asn 1 | no AS number | a whole number",
                "--peer 10.0.0.1 --peer-asn 4294967296 --my-asn 1 | no AS number | a whole number",
                "--peer 10.0.0.1 --peer-asn 1,2 --my-asn 1 | 2 AS numbers for 1 peers | one for all",
            })
    void badInputHasItsAnswer(String typed, String reason, String remedy) {
        List<Refusal> refusals = refused(typed, CLUSTER);

        assertThat(refusals)
                .anySatisfy(refusal -> {
                    assertThat(refusal.reason()).contains(reason);
                    assertThat(refusal.remedy()).contains(remedy);
                });
    }

    @Test
    void aPoolOfTheUserIsNotChangedByTheWay() {
        List<Refusal> refusals = refused("--pool 192.168.7.0/24", CLUSTER + POOL);

        assertThat(refusals).hasSize(1);
        assertThat(refusals.getFirst().toString())
                .contains("IPAddressPool metallb-system/default", "edit IPAddressPool default");
    }

    @Test
    void aPoolThatOverlapsAnotherIsRefusedAsTheProgramWould() {
        List<Refusal> refusals =
                refused(
                        "--pool 192.168.1.0/24",
                        CLUSTER + POOL.replace("name: default", "name: lan"));

        assertThat(refusals.getFirst().reason()).contains("overlaps", "of pool lan");
    }

    @Test
    void aMetalLbThatRunsIsFound() {
        List<Refusal> refusals = refused("--pool 192.168.1.0/24", CLUSTER + METALLB);

        assertThat(refusals).hasSize(1);
        assertThat(refusals.getFirst().toString()).contains("MetalLB", "add --migrate");
    }

    @Test
    void migratingWithoutMetalLbInstalls() {
        EnablePlan.Steps plan = steps("--migrate", CLUSTER);

        assertThat(plan.notes().getFirst()).contains("nothing to migrate");
    }

    private static List<String> applied(List<Step> steps) {
        return steps.stream()
                .filter(Step.Apply.class::isInstance)
                .flatMap(step -> ((Step.Apply) step).objects().stream())
                .map(object -> Target.of(object).toString())
                .collect(Collectors.toList());
    }

    private static EnablePlan.Steps steps(String typed, String cluster) {
        EnablePlan plan = plan(typed, cluster);
        assertThat(plan).isInstanceOf(EnablePlan.Steps.class);
        return (EnablePlan.Steps) plan;
    }

    private static List<Refusal> refused(String typed, String cluster) {
        EnablePlan plan = plan(typed, cluster);
        assertThat(plan).isInstanceOf(EnablePlan.Refused.class);
        return ((EnablePlan.Refused) plan).refusals();
    }

    private static EnablePlan plan(String typed, String cluster) {
        EnableArguments arguments = ArgumentReaderTest.understood(typed);
        return EnablePlanner.plan(
                arguments, found(cluster), List.of("10.152.183.0/24"), "example/twinstack:1");
    }

    static FoundObjects found(String yaml) {
        List<JsonNode> objects = new ArrayList<>();
        try (var documents =
                new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            documents.forEachRemaining(objects::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FoundObjects(objects);
    }
}

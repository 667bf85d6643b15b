package dev.twinstack.dualstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.twinstack.dualstack.CalicoCoexistence.Outcome;
import dev.twinstack.dualstack.CalicoCoexistence.Way;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalicoCoexistenceTest {

    private static final List<IpPrefix> POOLS =
            List.of(IpPrefix.parse("192.0.2.0/28"), IpPrefix.parse("2001:db8:10::/64"));

    private static final String BIRD =
            "{kind: ConfigMap, apiVersion: v1, metadata: {name: calico-config, namespace: kube-system},"
                    + " data: {calico_backend: bird}}";
    private static final String CONFIGURATION =
            """
            apiVersion: crd.projectcalico.org/v1
            kind: BGPConfiguration
            metadata: {name: default}
            spec:
              asNumber: 65000
              serviceLoadBalancerIPs: [{cidr: 192.0.2.0/24}]
            """;

    @Test
    void calicoAnnouncesWhatItDoesNotAnnounceYet() {
        // When
        Outcome outcome =
                CalicoCoexistence.plan(objects(BIRD, CONFIGURATION), Way.CALICO, POOLS, 64513);

        // Then
        assertThat(outcome.refusals()).isEmpty();
        assertThat(outcome.edits())
                .singleElement()
                .satisfies(edit ->
                        assertThat(PlanText.yaml(edit.after()))
                                .contains("asNumber: 65000", "192.0.2.0/24", "2001:db8:10::/64")
                                .doesNotContain("192.0.2.0/28"));
    }

    @Test
    void aConfigurationIsMadeWhereThereIsNone() {
        Outcome outcome = CalicoCoexistence.plan(objects(BIRD), Way.CALICO, POOLS, 64513);

        assertThat(outcome.edits())
                .singleElement()
                .satisfies(edit -> {
                    assertThat(edit.before()).isNull();
                    assertThat(PlanText.yaml(edit.after()))
                            .contains("192.0.2.0/28", "2001:db8:10::/64")
                            .doesNotContain("192.0.2.0/24");
                });
    }

    @Test
    void overLoopbackBirdGetsAPeerAndPoolsWhoseRoutesItTakes() {
        // When
        Outcome outcome =
                CalicoCoexistence.plan(objects(BIRD, CONFIGURATION), Way.LOOPBACK, POOLS, 65010);

        // Then
        assertThat(outcome.edits())
                .extracting(edit -> edit.object().toString())
                .containsExactly(
                        "BGPPeer twinstack",
                        "IPPool twinstack-192.0.2.0-28",
                        "IPPool twinstack-2001-db8-10-64");
        assertThat(PlanText.yaml(outcome.edits().getFirst().after()))
                .contains("peerIP: 127.0.0.1", "asNumber: 65010");
        assertThat(PlanText.yaml(outcome.edits().get(2).after()))
                .contains("disabled: true", "blockSize: 122", "cidr: 2001:db8:10::/64");
        assertThat(outcome.hints()).first().asString().contains("peerASN 65000", "myASN 65010");
    }

    @Test
    void whatIsDoneIsNotDoneAgain() {
        for (Way way : Way.values()) {
            // Given
            List<JsonNode> after = new ArrayList<>(objects(BIRD, CONFIGURATION).all());
            Outcome first = CalicoCoexistence.plan(new ClusterObjects(after), way, POOLS, 64513);
            first.edits()
                    .forEach(edit -> {
                        after.removeIf(object -> Step.ObjectName.of(object).equals(edit.object()));
                        after.add(edit.after());
                    });

            // When
            Outcome second = CalicoCoexistence.plan(new ClusterObjects(after), way, POOLS, 64513);

            // Then
            assertThat(second.edits()).as("%s", way).isEmpty();
        }
    }

    @Test
    void whereNoBirdRunsNothingHasToBeDone() {
        ClusterObjects vxlan = objects(BIRD.replace("bird", "vxlan"));

        assertThat(CalicoCoexistence.plan(vxlan, Way.CALICO, POOLS, 64513).refusals())
                .extracting(Refusal::reason)
                .containsExactly("calico_backend is \"vxlan\": no BIRD runs, and port 179 is free");
        assertThat(CalicoCoexistence.plan(objects(BIRD), Way.CALICO, List.of(), 64513).refusals())
                .hasSize(1);
    }

    private static ClusterObjects objects(String... manifests) {
        List<JsonNode> objects = new ArrayList<>();
        for (String manifest : manifests) {
            try {
                objects.add(new YAMLMapper().readTree(manifest));
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }
        return new ClusterObjects(objects);
    }
}

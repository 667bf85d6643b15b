package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.admission.ClusterFamilies;
import dev.twinstack.net.IpFamily;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamilyDetectionTest {

    @Test
    void theFirstRangeIsThePrimaryFamily() {
        assertThat(FamilyDetection.families(List.of("fd98::/108", "10.152.183.0/24")))
                .contains(new ClusterFamilies(IpFamily.IPV6, true));
    }

    @Test
    void oneRangeIsASingleStackCluster() {
        assertThat(FamilyDetection.families(List.of("10.152.183.1")))
                .contains(new ClusterFamilies(IpFamily.IPV4, false));
    }

    @Test
    void nothingIsLearntFromNothing() {
        assertThat(FamilyDetection.families(List.of())).isEmpty();
    }
}

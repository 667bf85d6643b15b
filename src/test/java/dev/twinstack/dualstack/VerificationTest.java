package dev.twinstack.dualstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.twinstack.dualstack.Verification.Addresses;
import dev.twinstack.dualstack.Verification.Fetch;
import dev.twinstack.dualstack.Verification.Line;
import dev.twinstack.dualstack.Verification.Probe;
import dev.twinstack.dualstack.Verification.Target;
import dev.twinstack.dualstack.Verification.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerificationTest {

    private static final List<String> SERVICE = List.of("10.152.183.9", "fd98::9");
    private static final Addresses DRY_RUN = new Addresses(SERVICE, "");
    private static final Map<String, Probe> PODS =
            Map.of(
                    "n1", new Probe("a", List.of("10.1.0.1", "fd01::1"), ""),
                    "n2", new Probe("b", List.of("10.1.0.2", "fd01::2"), ""));

    @Test
    void eachLineSaysWhatWasMeasured() {
        // When
        List<Line> lines =
                new Verification(DRY_RUN, SERVICE, PODS, answered(""), List.of()).lines();

        // Then
        assertThat(Verification.holds(lines)).isTrue();
        assertThat(lines)
                .extracting(Line::name, Line::measured)
                .contains(
                        tuple("kube-proxy from n1 over IPv6", "fd98::9 answered"),
                        tuple("pods across nodes from n2 over IPv6", "fd01::1 answered"));
    }

    @Test
    void whatDoesNotAnswerIsNamed() {
        List<Line> lines =
                new Verification(DRY_RUN, SERVICE, PODS, answered("timed out"), List.of()).lines();

        assertThat(Verification.holds(lines)).isFalse();
        assertThat(lines)
                .filteredOn(line -> line.verdict() == Verdict.FAILED)
                .extracting(Line::measured)
                .contains("fd98::9 did not answer: timed out");
    }

    @Test
    void whatCouldNotBeMeasuredDoesNotHold() {
        Map<String, Probe> pending = Map.of("n1", new Probe("a", List.of(), "its pod is Pending"));

        List<Line> lines =
                new Verification(DRY_RUN, SERVICE, pending, List.of(), List.of()).lines();

        assertThat(Verification.holds(lines)).isFalse();
        assertThat(lines)
                .filteredOn(line -> line.verdict() == Verdict.NOT_MEASURED)
                .extracting(Line::measured)
                .containsExactly(
                        "its pod is Pending", "no pod could be asked", "there is one node only");
    }

    @Test
    void oneAddressIsNotTwo() {
        Verification single =
                new Verification(
                        new Addresses(List.of(), "Cluster is not configured for dual-stack"),
                        List.of("10.152.183.9"),
                        Map.of("n1", new Probe("a", List.of("10.1.0.1"), "")),
                        List.of(),
                        List.of("default/web"));

        assertThat(single.lines())
                .filteredOn(line -> line.verdict() == Verdict.FAILED)
                .extracting(Line::name)
                .containsExactly("API server", "pod on n1", "Service", "older pods");
    }

    private static List<Fetch> answered(String trouble) {
        List<Fetch> fetches = new ArrayList<>();
        for (String node : PODS.keySet()) {
            SERVICE.forEach(
                    address -> fetches.add(new Fetch(node, Target.CLUSTER_IP, address, trouble)));
            fetches.add(
                    new Fetch(
                            node,
                            Target.POD_ON_OTHER_NODE,
                            node.equals("n1") ? "fd01::2" : "fd01::1",
                            trouble));
        }
        return fetches;
    }
}

package dev.twinstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.crd.DualStackStatus;
import dev.twinstack.crd.DualStackStatus.NodeProgress;
import dev.twinstack.crd.DualStackStatus.PlannedStep;
import dev.twinstack.crd.DualStackStatus.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class DualStackProgressTest {

    @Test
    void onlyWhatIsNewIsTold() {
        DualStackStatus before = status("Nodes", "n1: kubelite restarts", "Restarting");
        DualStackStatus after = status("Nodes", "n2: its flags change", "InForce");

        assertThat(DualStackProgress.news(before, before)).isEmpty();
        assertThat(DualStackProgress.news(before, after))
                .containsExactly("Nodes: n2: its flags change", "  n1: InForce");
    }

    @Test
    void itEndsWithAnExitCode() {
        assertThat(DualStackProgress.end(status("Nodes", "", "InForce"))).isEmpty();
        assertThat(DualStackProgress.end(status("Done", "", "InForce"))).contains(0);
        assertThat(DualStackProgress.end(status("Refused", "", "Observed"))).contains(1);
        assertThat(DualStackProgress.end(status("Stopped", "", "Failed"))).contains(1);
    }

    @Test
    void aRefusalSaysWhatToDo() {
        DualStackStatus refused =
                with(
                        List.of(new Refused("node n2", "IPv6 is off", "switch it on", "sysctl")),
                        List.of());

        assertThat(DualStackProgress.toDo(refused))
                .isEqualTo(
                        """

                        node n2: IPv6 is off
                            do:  switch it on
                            see: sysctl
                        """);
    }

    @Test
    void whatIsLeftToPeopleIsListed() {
        DualStackStatus done =
                with(
                        List.of(),
                        List.of(
                                new PlannedStep(
                                        1,
                                        "pods",
                                        "Recreate 2 pods",
                                        null,
                                        "they are old",
                                        null,
                                        null)));

        assertThat(DualStackProgress.toDo(done)).contains("Recreate 2 pods, because they are old");
    }

    private static DualStackStatus with(List<Refused> refusals, List<PlannedStep> plan) {
        return new DualStackStatus(
                1L, "Done", "", "", null, null, refusals, plan, List.of(), List.of(), List.of());
    }

    private static DualStackStatus status(String phase, String message, String stage) {
        return new DualStackStatus(
                1L,
                phase,
                message,
                "2026-01-01T00:00:00Z",
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(new NodeProgress("n1", stage, null, null, null)),
                List.of());
    }
}

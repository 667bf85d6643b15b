package dev.twinstack.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.twinstack.install.FoundObjects;
import dev.twinstack.install.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The cluster is `src/test/resources/migration/metallb.yaml`, changed where a test says so.
class MigrationPlannerTest {

    private static final Path CLUSTER = Path.of("src/test/resources/migration/metallb.yaml");

    @Test
    void whatIsLeftIsStoppedBeforeWhatComesIsStarted() throws IOException {
        MigrationPlan plan = MigrationPlanner.there(found(cluster()), "");

        assertThat(what(plan))
                .containsExactly(
                        "Note who converts bgppeers.metallb.io",
                        "Keep MetalLB's webhooks from being asked",
                        "Stop MetalLB's controller",
                        "Wait until Deployment metallb-system/controller has no pods",
                        "Create the kinds",
                        "Wait until the kinds are served",
                        "Create the webhooks and namespaces",
                        "Start the controller",
                        "Wait for the controller",
                        "Stop MetalLB's speakers",
                        "Wait until DaemonSet metallb-system/speaker has no pods",
                        "Start the speakers",
                        "Wait for the speakers");
    }

    @Test
    void nothingOfTheUsersIsDeleted() throws IOException {
        MigrationPlan.Steps plan =
                (MigrationPlan.Steps) MigrationPlanner.there(found(cluster()), "");

        assertThat(plan.steps()).noneMatch(Step.Delete.class::isInstance);
        assertThat(plan.undo())
                .filteredOn(Step.Delete.class::isInstance)
                .allSatisfy(step ->
                        assertThat(((Step.Delete) step).targets())
                                .allMatch(target ->
                                        target.name().startsWith("twinstack")
                                                || target.name().equals("metallb-system-webhook")));
    }

    @Test
    void noMetalLbIsNothingToDo() {
        assertThat(MigrationPlanner.there(FoundObjects.NONE, ""))
                .isEqualTo(new MigrationPlan.Nothing("No MetalLB runs in this cluster."));
    }

    @Test
    void anAddressInNoPoolIsRefused() throws IOException {
        assertThat(reasons(cluster().replace("ip: 192.168.1.240", "ip: 192.168.9.9")))
                .singleElement()
                .asString()
                .contains("Service default/web has 192.168.9.9, which is in no pool");
    }

    @Test
    void aPoolThatOnlyArpAnnouncesIsRefused() throws IOException {
        assertThat(reasons(cluster().replace("kind: BGPAdvertisement", "kind: L2Advertisement")))
                .singleElement()
                .asString()
                .contains("Pool default-addresspool is announced by L2Advertisements alone");
    }

    @Test
    void aPoolThatCantBeReadIsRefused() throws IOException {
        assertThat(
                        reasons(
                                cluster()
                                        .replace(
                                                "192.168.1.240-192.168.1.250",
                                                "192.168.1.250-192.168.1.240")))
                .anySatisfy(reason -> assertThat(reason).contains("spec.addresses[0]"));
    }

    @Test
    void anotherNamespaceIsRefused() throws IOException {
        assertThat(
                        reasons(
                                cluster()
                                        .replace(
                                                "namespace: metallb-system # workload",
                                                "namespace: other")))
                .anySatisfy(
                        reason -> assertThat(reason).contains("MetalLB runs in namespace other"));
    }

    @Test
    void theWayBackStartsWhatWasStopped() throws IOException {
        MigrationPlan plan = MigrationPlanner.back(found(stopped()));

        assertThat(what(plan))
                .containsExactly(
                        "Remove our webhooks",
                        "Stop our controller and speakers",
                        "Wait until our pods are gone",
                        "Have bgppeers.metallb.io converted as before",
                        "Start MetalLB's controller",
                        "Have MetalLB's webhooks asked again",
                        "Start MetalLB's speakers",
                        "Wait for Deployment metallb-system/controller",
                        "Wait for DaemonSet metallb-system/speaker",
                        "Remove our accounts and rights");
        assertThat(((MigrationPlan.Steps) plan).steps())
                .filteredOn(step -> step.what().equals("Start MetalLB's controller"))
                .singleElement()
                .extracting(step -> ((Step.Patch) step).patch().toString())
                .isEqualTo(
                        "{\"metadata\":{\"annotations\":{\"twinstack.dev/replicas-before\":null}},"
                                + "\"spec\":{\"replicas\":2}}");
    }

    @Test
    void aStoppedMetalLbIsNotMigratedAgain() throws IOException {
        assertThat(MigrationPlanner.there(found(stopped()), ""))
                .isInstanceOf(MigrationPlan.Nothing.class);
        assertThat(MigrationPlanner.back(found(cluster())))
                .isInstanceOf(MigrationPlan.Nothing.class);
    }

    @Test
    void aClassThatMetalLbServesIsSaid() throws IOException {
        MigrationPlan.Steps plan =
                (MigrationPlan.Steps)
                        MigrationPlanner.there(
                                found(cluster().replace("--log-level=info", "--lb-class=inner")),
                                "");

        assertThat(plan.notes()).anyMatch(note -> note.contains("--lb-class=inner"));
    }

    private static String cluster() throws IOException {
        return Files.readString(CLUSTER);
    }

    private static String stopped() throws IOException {
        return cluster()
                .replace("replicas: 1", "replicas: 0")
                .replace(
                        "annotations: {kind: controller}",
                        "annotations: {twinstack.dev/replicas-before: \"2\"}")
                .replace(
                        "nodeSelector: {kubernetes.io/os: linux}",
                        "nodeSelector: {twinstack.dev/stopped: by-migration}")
                .replace(
                        "annotations: {kind: definition}",
                        "annotations: {twinstack.dev/conversion-before: '{\"strategy\":\"None\"}'}");
    }

    private static List<String> reasons(String cluster) throws IOException {
        MigrationPlan plan = MigrationPlanner.there(found(cluster), "");
        assertThat(plan).isInstanceOf(MigrationPlan.Refused.class);
        return ((MigrationPlan.Refused) plan).reasons();
    }

    private static List<String> what(MigrationPlan plan) {
        assertThat(plan).isInstanceOf(MigrationPlan.Steps.class);
        return ((MigrationPlan.Steps) plan).steps().stream().map(Step::what).toList();
    }

    private static FoundObjects found(String yaml) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (var documents =
                new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            documents.forEachRemaining(objects::add);
        }
        return new FoundObjects(objects);
    }
}

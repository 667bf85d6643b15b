package dev.twinstack.addon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabMicroK8s.Result;
import dev.twinstack.testing.lab.LabProcess;
import dev.twinstack.testing.lab.TwinstackProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From MetalLB and back, by the addon and by the command, on a real API server. MetalLB's objects
/// are real, its pods run nothing.
class MigrationIT {

    private static AddonWorld world;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        world = AddonWorld.start();
    }

    @BeforeEach
    void metalLb() {
        world.installMetalLb();
    }

    @AfterEach
    void clear() {
        world.clear();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void withoutMigrateAnEnableStops() {
        Result refused = world.enable("--pool", "10.7.0.0/24");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.text())
                .contains("MetalLB: it runs in namespace metallb-system", "--migrate");
        assertThat(world.own()).isEmpty();
        assertThat(pods()).hasSize(2);
    }

    @Test
    void theAddonTakesOverAndGoesBackWithoutAnAddressChanging() {
        // Given
        String before = users();

        // When
        Result enabled = world.enable("--migrate");

        // Then
        assertThat(enabled.text()).contains("Twinstack is enabled");
        assertThat(users()).isEqualTo(before);
        assertThat(pods()).hasSize(2).allMatch(name -> name.contains("twinstack"));
        assertThat(conversion()).isEqualTo("twinstack-webhook-service");
        // MetalLB's webhook, which nobody answers, is not asked any more
        world.kubectl(
                "-n",
                AddonWorld.NAMESPACE,
                "annotate",
                "ipaddresspool",
                "default-addresspool",
                "a=b");
        addressesStayWithOurController();

        // When
        Result refused = world.disable();
        Result back = world.disable("--back");

        // Then
        assertThat(refused.text()).contains("Add --back", "Nothing was deleted");
        assertThat(back.text()).contains("Start MetalLB's controller", "Twinstack is disabled");
        assertThat(pods()).hasSize(2).noneMatch(name -> name.contains("twinstack"));
        assertThat(users()).isEqualTo(before);
        assertThat(conversion()).isEqualTo("metallb-webhook-service");
        assertThat(
                        world.kubectl(
                                "get",
                                "validatingwebhookconfiguration",
                                "metallb-webhook-configuration",
                                "-o",
                                "jsonpath={.webhooks[0].objectSelector}"))
                .isEqualTo("{}");
        assertThat(world.own()).isEmpty();
    }

    @Test
    void theCommandShowsAndDoesTheSame() {
        // Given
        String before = users();

        // When
        String shown = migrate(0);

        // Then
        assertThat(shown)
                .contains("Nothing is changed without --apply", "Stop MetalLB's controller");
        assertThat(world.own()).isEmpty();

        // When
        String done = migrate(0, "--apply");

        // Then
        assertThat(done).contains("Done.");
        assertThat(pods()).hasSize(2).allMatch(name -> name.contains("twinstack"));
        assertThat(users()).isEqualTo(before);

        // When
        String back = migrate(0, "--back", "--apply");

        // Then
        assertThat(back).contains("Done.");
        assertThat(pods()).hasSize(2).noneMatch(name -> name.contains("twinstack"));
        assertThat(users()).isEqualTo(before);
        // A namespace goes some moments after its deletion
        await().untilAsserted(() -> assertThat(world.own()).isEmpty());
        assertThat(migrate(0, "--back")).contains("not stopped by a migration");
    }

    @Test
    void anAddressInNoPoolStopsItBeforeAnythingIsTouched() {
        world.kubectl(
                "patch",
                "service",
                "web",
                "--subresource=status",
                "--type=merge",
                "--patch",
                "{\"status\": {\"loadBalancer\": {\"ingress\": [{\"ip\": \"192.168.9.9\"}]}}}");

        String refused = migrate(1, "--apply");

        assertThat(refused)
                .contains("Refused. Nothing was touched.", "default/web has 192.168.9.9");
        assertThat(world.own()).isEmpty();
        assertThat(pods()).hasSize(2).noneMatch(name -> name.contains("twinstack"));
    }

    private static void addressesStayWithOurController() {
        try (TwinstackProcess controller =
                TwinstackProcess.role("controller", world.cluster().directory())
                        .kubeconfig(world.cluster().adminKubeconfig())
                        .start()
                        .awaitReady()) {
            await("our controller has taken the Service over")
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            world.kubectl(
                                            "-n",
                                            AddonWorld.NAMESPACE,
                                            "get",
                                            "ipaddresspool",
                                            "default-addresspool",
                                            "-o",
                                            "jsonpath={.status.assignedIPv4}")
                                    .equals("1"));
            assertThat(address()).isEqualTo("192.168.1.240");
            assertThat(controller.process().isAlive()).isTrue();
        }
    }

    private static String migrate(int code, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "migrate";
        arguments[1] = "--kubeconfig";
        arguments[2] = world.cluster().adminKubeconfig().toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        LabProcess process =
                TwinstackProcess.program(
                        "migrate-" + System.identityHashCode(more),
                        world.cluster().directory(),
                        arguments);
        await().atMost(Duration.ofMinutes(2)).until(() -> !process.isAlive());
        assertThat(process.stop()).as(process.output()).isEqualTo(code);
        return process.output();
    }

    /// Pools, peers and advertisements by what they are, and the Service's address.
    private static String users() {
        return world.kubectl(
                        "-n",
                        AddonWorld.NAMESPACE,
                        "get",
                        "ipaddresspools,bgppeers.v1beta2.metallb.io,bgpadvertisements",
                        "-o",
                        "jsonpath={range .items[*]}{.metadata.name} {.metadata.uid} {.spec.addresses}{\"\\n\"}{end}")
                + address();
    }

    private static String address() {
        return world.kubectl(
                "get", "service", "web", "-o", "jsonpath={.status.loadBalancer.ingress[*].ip}");
    }

    private static String conversion() {
        return world.kubectl(
                "get",
                "crd",
                "bgppeers.metallb.io",
                "-o",
                "jsonpath={.spec.conversion.webhook.clientConfig.service.name}");
    }

    private static List<String> pods() {
        return world.kubectl("-n", AddonWorld.NAMESPACE, "get", "pods", "-o", "name")
                .lines()
                .toList();
    }
}

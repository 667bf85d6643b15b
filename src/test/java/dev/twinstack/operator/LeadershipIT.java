package dev.twinstack.operator;

import static dev.twinstack.testing.lab.LabServices.addresses;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabServices;
import dev.twinstack.testing.lab.Manifests;
import dev.twinstack.testing.lab.TwinstackProcess;
import io.fabric8.kubernetes.api.model.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two controllers, one lease.
@ExtendWith(LabExtension.class)
class LeadershipIT {

    private static final String POOL =
            """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: lan, namespace: metallb-system}
            spec: {addresses: [192.0.2.0/24]}
            """;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LabCluster cluster;
    private final LabServices services;
    private final Path kubeconfig;
    private final TwinstackProcess first;
    private final TwinstackProcess second;

    LeadershipIT(LabCluster cluster) {
        this.cluster = cluster;
        Manifests.install(cluster);
        Manifests.removeWebhooks(cluster);
        this.services = new LabServices(cluster, "it-leadership");
        this.kubeconfig =
                cluster.serviceAccountKubeconfig(Manifests.NAMESPACE, Manifests.CONTROLLER);
        cluster.kubectl().apply(POOL);
        this.first = start("leader-1");
        this.second = start("leader-2");
    }

    @BeforeEach
    void oneLeads() {
        first.awaitReady();
        second.awaitReady();
        awaitOneLeader();
    }

    @AfterEach
    void tidyUp() {
        first.process().kill();
        second.process().kill();
        services.deleteAll();
        cluster.kubectl().run("delete", "ipaddresspools", "--all", "-n", Manifests.NAMESPACE);
        cluster.kubectl().run("delete", "leases", "--all", "-n", Manifests.NAMESPACE);
    }

    @Test
    void theOtherTakesOverFromALeaderThatIsKilled() {
        // Given a Service that the leader has served
        services.create("before");
        Service before = services.awaitAddresses("before", 1);
        TwinstackProcess leader = leader();
        TwinstackProcess standby = standby();

        // When the leader is killed
        leader.process().kill();
        services.create("after");

        // Then the other serves, and leaves what is
        assertThat(addresses(services.awaitAddresses("after", 1)))
                .doesNotContainAnyElementsOf(addresses(before));
        assertThat(leads(standby)).isTrue();
        assertThat(services.get("before")).isEqualTo(before);
    }

    @Test
    void aLeaderThatStopsGivesTheLeaseBack() {
        // Given
        TwinstackProcess leader = leader();
        TwinstackProcess standby = standby();

        // When
        leader.close();

        // Then the other leads
        await().atMost(SOON).until(() -> leads(standby));
        services.create("served");
        services.awaitAddresses("served", 1);
    }

    @Test
    void aPausedLeaderKnowsThatItsTimeIsOver() {
        // Given a leader that is paused until the other has taken over
        TwinstackProcess paused = leader();
        TwinstackProcess other = standby();
        paused.process().pause();
        await().atMost(SOON).until(() -> leads(other));
        for (int i = 0; i < 20; i++) {
            services.create("s" + i);
        }

        // When it goes on
        paused.process().resume();

        // Then it does not decide, and no address is given twice
        assertThat(leads(paused)).isFalse();
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            given.addAll(addresses(services.awaitAddresses("s" + i, 1)));
        }
        assertThat(given).hasSize(20);
        assertThat(leads(other)).isTrue();
        assertThat(leads(paused)).isFalse();
    }

    private TwinstackProcess leader() {
        return leads(first) ? first : second;
    }

    private TwinstackProcess standby() {
        return leads(first) ? second : first;
    }

    private void awaitOneLeader() {
        await().atMost(SOON).until(() -> leads(first) != leads(second));
    }

    private static boolean leads(TwinstackProcess controller) {
        return given().get(controller.http("/api/v1/pools")).path("leads");
    }

    private TwinstackProcess start(String name) {
        return TwinstackProcess.role("controller", cluster.directory())
                .named(name)
                .kubeconfig(kubeconfig)
                .arguments("--lease-duration=4s")
                .arguments("--lease-renew-deadline=3s")
                .arguments("--lease-retry-period=1s")
                .start();
    }
}

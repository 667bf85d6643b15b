package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LabRouter;
import dev.twinstack.testing.lab.LanExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The speaker and real BIRD 2: one session over IPv4, one over IPv6, both with both families, and
/// one with a password.
@ExtendWith({LabExtension.class, LanExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpeakerBirdIT {

    private final SpeakerScene scene;
    private final LabRouter bird;
    private final LabRouter guarded;

    SpeakerBirdIT(LabCluster cluster, LabLan lan) {
        bird = lan.router("bird", "bird", 120, bothTransports());
        guarded = lan.router("bird", "guarded", 121, withPassword());
        scene = new SpeakerScene(cluster, "bird-node");
        cluster.kubectl()
                .apply(
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: bird-password, namespace: metallb-system}
                        type: kubernetes.io/basic-auth
                        stringData: {password: open sesame}
                        """);
    }

    @BeforeAll
    void connect() {
        scene.peer("over-ipv4", "peerASN: 64510, peerAddress: %s".formatted(bird.ipv4()));
        scene.peer("over-ipv6", "peerASN: 64510, peerAddress: '%s'".formatted(bird.ipv6()));
        scene.peer(
                "guarded",
                "peerASN: 64512, peerAddress: %s, passwordSecret: {name: bird-password}"
                        .formatted(guarded.ipv4()));
        scene.awaitEstablished("over-ipv4");
        scene.awaitEstablished("over-ipv6");
        scene.awaitEstablished("guarded");
    }

    @AfterEach
    void deleteServices() {
        scene.deleteService("web");
        await().atMost(SpeakerScene.SOON).until(() -> routes(bird).isEmpty());
        await().atMost(SpeakerScene.SOON).until(() -> routes(guarded).isEmpty());
    }

    @AfterAll
    void stop() {
        scene.close();
        bird.close();
        guarded.close();
    }

    @Test
    void bothFamiliesGoOverEitherTransport() {
        // When
        scene.service("web", "198.51.100.9", "2001:db8:51::9");

        // Then each session brings each family, with a next hop of that family
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() ->
                        assertThat(routes(bird))
                                .containsExactlyInAnyOrder(
                                        "198.51.100.9/32 v4 10.66.0.1",
                                        "198.51.100.9/32 v6 10.66.0.1",
                                        "2001:db8:51::9/128 v4 fd66::1",
                                        "2001:db8:51::9/128 v6 fd66::1"));
        assertThat(scene.session("over-ipv6").orElseThrow().families())
                .containsExactly("IPv4", "IPv6");
    }

    @Test
    void aPasswordFromASecretOpensAnInternalSession() {
        // When
        scene.service("web", "198.51.100.9");

        // Then the route is there, with the LOCAL_PREF that iBGP needs
        await().atMost(SpeakerScene.SOON)
                .untilAsserted(() ->
                        assertThat(routes(guarded)).containsExactly("198.51.100.9/32 i 10.66.0.1"));
        assertThat(guarded.show("show", "route", "all")).contains("BGP.local_pref: 100");
    }

    @Test
    void aServiceOnTheSameAddressKeepsTheRoute() {
        // Given two Services that share an address
        scene.service("web", "198.51.100.9");
        scene.service("mail", "198.51.100.9");
        await().atMost(SpeakerScene.SOON).until(() -> routes(guarded).size() == 1);
        await().atMost(SpeakerScene.SOON).until(() -> scene.routes().contains("bird-node/mail"));

        // When one goes
        scene.deleteService("web");
        await().atMost(SpeakerScene.SOON).until(() -> !scene.routes().contains("bird-node/web"));

        // Then the route stays until the other goes too
        assertThat(routes(guarded)).hasSize(1);
        scene.deleteService("mail");
        await().atMost(SpeakerScene.SOON).until(() -> routes(guarded).isEmpty());
    }

    /// `<prefix> <protocol> <next hop>` of each route.
    private static List<String> routes(LabRouter router) {
        List<String> lines = router.show("show", "route").lines().toList();
        List<String> routes = new ArrayList<>();
        String prefix = "";
        String protocol = "";
        for (String line : lines) {
            String[] words = line.strip().split("\\s+", -1);
            int bracket = line.indexOf('[');
            if (bracket >= 0) {
                prefix = line.startsWith(" ") ? prefix : words[0];
                protocol = line.substring(bracket + 1, line.indexOf(' ', bracket));
            } else if (words[0].equals("via")) {
                routes.add(prefix + " " + protocol + " " + words[1]);
            }
        }
        return routes;
    }

    private static String bothTransports() {
        return """
        router id 10.66.0.120;
        protocol device {}
        template bgp node {
            local as 64510;
            passive on;
            hold time 9;
            ipv4 { import all; export none; };
            ipv6 { import all; export none; };
        }
        protocol bgp v4 from node { neighbor 10.66.0.1 as 64512; }
        protocol bgp v6 from node { neighbor fd66::1 as 64512; }
        """;
    }

    private static String withPassword() {
        return """
        router id 10.66.0.121;
        protocol device {}
        protocol bgp i {
            local as 64512;
            neighbor 10.66.0.1 as 64512;
            direct;
            passive on;
            hold time 9;
            password "open sesame";
            ipv4 { import all; export none; };
        }
        """;
    }
}

package dev.twinstack.router;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.BgpSpeaker;
import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.testing.lab.LabProcess;
import dev.twinstack.testing.lab.Ports;
import dev.twinstack.testing.lab.TwinstackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program as a router, and a speaker in this JVM as its peer.
class RouterIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final IpPrefix V4 = IpPrefix.parse("198.51.100.7/32");
    private static final IpPrefix V6 = IpPrefix.parse("2001:db8:51::7/128");

    private final int bgpPort = Ports.free();
    private final int httpPort = Ports.free();

    @TempDir private Path directory;
    private LabProcess router;
    private BgpSpeaker speaker;

    @BeforeEach
    void start() throws IOException {
        router = run("router", "router", "--config", config().toString());
        await("router, log " + router.log())
                .atMost(SOON)
                .until(() -> {
                    router.assertAlive();
                    return router.output().contains("Router listens");
                });
        speaker = new BgpSpeaker(BgpEvents.NONE, Restart.NONE);
        speaker.setPeers(
                List.of(
                        PeerSettings.builder("router", IpAddress.parse("127.0.0.1"))
                                .port(bgpPort)
                                .localAsn(new Asn(64512))
                                .peerAsn(PeerAsn.exactly(64500))
                                .routerId(IpAddress.parse("192.0.2.10"))
                                .nextHop(IpAddress.parse("192.0.2.10"))
                                .nextHop(IpAddress.parse("2001:db8::10"))
                                .build()));
    }

    @AfterEach
    void stop() {
        speaker.close();
        router.stop();
    }

    @Test
    void theTableIsShownWithItsAttributesAndFollowsThePeer() {
        // When a peer announces both families
        RouteAttributes attributes =
                new RouteAttributes(
                        OptionalLong.empty(),
                        new TreeSet<>(Set.of(Community.of(64512, 7))),
                        Collections.emptySortedSet());
        speaker.setRoutes("router", Map.of(V4, attributes, V6, RouteAttributes.NONE), Set.of());

        // Then the page has them
        await().atMost(SOON)
                .untilAsserted(() ->
                        when().get(url("/api/routes"))
                                .then()
                                .statusCode(200)
                                .body("prefix", contains(V4.toString(), V6.toString()))
                                .body("[0].nextHops", contains("192.0.2.10"))
                                .body("[0].asPath", equalTo("64512"))
                                .body("[0].communities", contains("64512:7"))
                                .body("[1].nextHops", contains("2001:db8::10"))
                                .body("[1].best", equalTo(true)));
        given().queryParam("family", "ipv6")
                .get(url("/api/routes"))
                .then()
                .body("prefix", contains(V6.toString()));
        // And so has the command
        assertThat(command("routes"))
                .containsPattern(
                        "(?m)^198\\.51\\.100\\.7/32 +192\\.0\\.2\\.10 +127\\.0\\.0\\.1 +64512 ");
        assertThat(command("sessions")).containsPattern("127\\.0\\.0\\.1.* +64512 +Established");
        assertThat(command("routes", "-o", "json")).startsWith("[").contains("\"asPath\"");

        // When one is withdrawn
        speaker.setRoutes("router", Map.of(), Set.of(V4));

        // Then it is gone
        await().atMost(SOON)
                .untilAsserted(() ->
                        when().get(url("/api/routes"))
                                .then()
                                .body("prefix", contains(V6.toString())));

        // When the peer goes, everything is gone
        speaker.close();
        await().atMost(SOON)
                .untilAsserted(() -> when().get(url("/api/routes")).then().body("", hasSize(0)));
    }

    @Test
    void aPortThatIsTakenEndsTheProgramWithTheReason() throws IOException {
        // When a second router wants the same port
        LabProcess second =
                run("second", "router", "--config", config().toString(), "--http-port", "0");

        // Then it says so and ends
        await().atMost(SOON).until(() -> !second.isAlive());
        assertThat(second.stop()).isEqualTo(1);
        assertThat(second.output()).contains("127.0.0.1:" + bgpPort);
    }

    private Path config() throws IOException {
        return Files.writeString(
                directory.resolve("router.yaml"),
                """
                asn: 64500
                routerId: 192.0.2.1
                listen:
                  - {address: 127.0.0.1, port: %d}
                peers:
                  - {address: 127.0.0.1, asn: 64512}
                httpPort: %d
                """
                        .formatted(bgpPort, httpPort));
    }

    private String command(String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--server";
        all[arguments.length + 1] = url("");
        LabProcess process = run("command-" + String.join("", arguments), all);
        await().atMost(SOON).until(() -> !process.isAlive());
        assertThat(process.stop()).as(process.output()).isZero();
        return process.output();
    }

    private LabProcess run(String name, String... arguments) {
        return TwinstackProcess.program(name, directory, arguments);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + httpPort + path;
    }
}

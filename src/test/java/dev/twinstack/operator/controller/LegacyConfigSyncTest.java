package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.twinstack.config.ConfigError;
import dev.twinstack.config.ConfigLoader;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.IPAddressPoolSpec;
import dev.twinstack.operator.ConfigSnapshot;
import dev.twinstack.operator.EventSender;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapListBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against an API server that lists what it is told to, refuses creates, and writes down the rest.
class LegacyConfigSyncTest {

    private static final String NAMESPACE = "metallb-system";
    private static final String LAN =
            "address-pools: [{name: lan, protocol: layer2, addresses: [192.0.2.0/24]}]";

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<ConfigMap> maps = new CopyOnWriteArrayList<>();
    private final List<IPAddressPool> pools = new CopyOnWriteArrayList<>();
    private final List<String> users = new CopyOnWriteArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private HttpServer server;
    private KubernetesClient client;
    private EventSender events;
    private LegacyConfigSync sync;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        client =
                new KubernetesClientBuilder()
                        .withConfig(
                                new ConfigBuilder()
                                        .withMasterUrl(
                                                "http://127.0.0.1:" + server.getAddress().getPort())
                                        .withRequestRetryBackoffLimit(0)
                                        .build())
                        .build();
        events = new EventSender(client, () -> now, "test");
        sync =
                new LegacyConfigSync(
                        client,
                        NAMESPACE,
                        () -> pools,
                        pool -> List.copyOf(users),
                        events,
                        () -> now);
    }

    @AfterEach
    void stop() {
        sync.close();
        events.close();
        client.close();
        server.stop(0);
    }

    @Test
    void poolInUseOutlivesTheMapUntilItIsFree() {
        // Given a generated pool that a Service has an address of, and no ConfigMap
        pools.add(generated("lan"));
        users.add("Service shop/web");
        started();

        // When it is looked at twice
        follow(List.of());
        now = now.plusSeconds(6);
        follow(List.of());

        // Then the pool stays, and says once why and what can be done
        assertThat(calls).noneMatch(call -> call.startsWith("DELETE"));
        await().untilAsserted(() ->
                assertThat(calls)
                        .filteredOn(call -> call.contains("LegacyPoolKept"))
                        .singleElement()
                        .asString()
                        .contains("Service shop/web", "twinstack.dev/delete-in-use=true"));

        // When the Service is gone
        users.clear();
        now = now.plusSeconds(6);
        follow(List.of());

        // Then so is the pool
        assertThat(calls)
                .anyMatch(call -> call.startsWith("DELETE") && call.contains("ipaddresspools/lan"));
    }

    @Test
    void objectThatCannotBeReadIsNamedAndTriedAgain() {
        // Given a pool in the way that is in no snapshot
        maps.add(map());
        started();
        List<ConfigError> unreadable =
                List.of(
                        new ConfigError(
                                "IPAddressPool metallb-system/lan",
                                "",
                                "cannot be read",
                                ConfigError.Kind.INVALID));

        // When
        List<ConfigError> errors = follow(unreadable);

        // Then
        assertThat(errors)
                .extracting(ConfigError::object, ConfigError::reason)
                .singleElement()
                .asString()
                .contains("IPAddressPool metallb-system/lan", "is there already");
        long before = creates();
        now = now.plusSeconds(31);
        follow(unreadable);
        assertThat(creates()).isGreaterThan(before);
    }

    @Test
    void objectThatIsNotSeenYetIsNoError() {
        maps.add(map());
        started();

        assertThat(follow(List.of())).isEmpty();
    }

    private void started() {
        sync.start();
        await().until(() -> {
            follow(List.of());
            return !calls.isEmpty();
        });
        now = now.plusSeconds(60);
    }

    private List<ConfigError> follow(List<ConfigError> unreadable) {
        return sync.follow(
                new ConfigSnapshot(
                        1, ConfigObjects.NONE, ConfigLoader.load(ConfigObjects.NONE), unreadable));
    }

    private long creates() {
        return calls.stream()
                .filter(call -> call.startsWith("POST") && call.contains("ipaddresspools"))
                .count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String method = exchange.getRequestMethod();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean lists = method.equals("GET") && path.contains("/configmaps");
        if (!lists) {
            calls.add(method + " " + path + " " + body);
        }
        int status = lists && !path.contains("watch=true") ? 200 : 409;
        String answer =
                lists
                        ? Serialization.asJson(
                                new ConfigMapListBuilder()
                                        .withNewMetadata()
                                        .withResourceVersion("1")
                                        .endMetadata()
                                        .withItems(maps)
                                        .build())
                        : "{\"kind\": \"Status\", \"code\": 409}";
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static ConfigMap map() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("config")
                .withUid("map-uid")
                .withResourceVersion("1")
                .endMetadata()
                .addToData("config", LAN)
                .build();
    }

    private static IPAddressPool generated(String name) {
        IPAddressPool pool = new IPAddressPool();
        pool.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .withUid(name + "-uid")
                        .withResourceVersion("7")
                        .withLabels(Map.of("twinstack.dev/generated-from", "config"))
                        .build());
        pool.setSpec(new IPAddressPoolSpec(List.of("192.0.2.0/24"), null, false, null));
        return pool;
    }
}

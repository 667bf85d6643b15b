package dev.twinstack.operator.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.twinstack.crd.AddressClaim;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An API server that knows AddressClaims of one namespace, and a cache of it that is as old as the
/// test says.
final class FakeClaims implements Cache<AddressClaim>, AutoCloseable {

    static final String NAMESPACE = "metallb-system";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final KubernetesClient client;
    private final Map<String, ObjectNode> stored = new TreeMap<>();
    private final Set<String> refused = new HashSet<>();
    private final List<String> requests = new ArrayList<>();
    private Map<String, ObjectNode> seen = Map.of();
    private int version;

    FakeClaims() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        client =
                new KubernetesClientBuilder()
                        .withConfig(
                                new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                                        .withMasterUrl(
                                                "http://localhost:" + server.getAddress().getPort())
                                        .withRequestRetryBackoffLimit(0)
                                        .build())
                        .withKubernetesSerialization(serialization())
                        .build();
    }

    private static KubernetesSerialization serialization() {
        return new KubernetesSerialization(new ObjectMapper(), true);
    }

    KubernetesClient client() {
        return client;
    }

    /// The cache sees what is stored now, and nothing later.
    synchronized void look() {
        seen = copy();
    }

    private Map<String, ObjectNode> copy() {
        Map<String, ObjectNode> copy = new TreeMap<>();
        stored.forEach((name, object) -> copy.put(name, object.deepCopy()));
        return copy;
    }

    /// What is written to it fails.
    synchronized void refuse(String name) {
        refused.add(name);
    }

    synchronized void put(String name, String json) throws IOException {
        store(name, (ObjectNode) JSON.readTree(json));
    }

    synchronized void delete(String name) {
        stored.remove(name);
    }

    /// `name: [addresses] until`.
    synchronized List<String> lines() {
        return stored.entrySet().stream()
                .map(entry -> {
                    JsonNode spec = entry.getValue().path("spec");
                    List<String> addresses = new ArrayList<>();
                    spec.path("addresses").forEach(address -> addresses.add(address.asText()));
                    String until = spec.path("retention").path("reusableFrom").asText();
                    return (entry.getKey() + ": " + addresses + " " + until).strip();
                })
                .toList();
    }

    /// The writing ones, as `METHOD name`.
    synchronized List<String> writes() {
        return List.copyOf(requests);
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String name = path.substring(path.lastIndexOf('/') + 1);
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestMethod()) {
                case "GET" -> get(exchange, name);
                case "POST" -> {
                    ObjectNode object = (ObjectNode) JSON.readTree(body);
                    String created = object.at("/metadata/name").asText();
                    write(exchange, created, stored.containsKey(created) ? 409 : 201, object);
                }
                case "PUT" -> {
                    ObjectNode object = (ObjectNode) JSON.readTree(body);
                    write(
                            exchange,
                            name,
                            code(name, object.at("/metadata/resourceVersion").asText()),
                            object);
                }
                case "DELETE" -> {
                    String version =
                            body.length == 0
                                    ? ""
                                    : JSON.readTree(body)
                                            .at("/preconditions/resourceVersion")
                                            .asText();
                    write(exchange, name, code(name, version), null);
                }
                default -> answer(exchange, 405, status(405));
            }
        }
    }

    private void get(HttpExchange exchange, String name) throws IOException {
        if (name.equals("addressclaims")) {
            ObjectNode list = JSON.createObjectNode();
            list.put("apiVersion", "twinstack.dev/v1alpha1").put("kind", "AddressClaimList");
            list.putObject("metadata");
            list.putArray("items").addAll(stored.values());
            answer(exchange, 200, list);
        } else {
            ObjectNode object = stored.get(name);
            answer(exchange, object == null ? 404 : 200, object == null ? status(404) : object);
        }
    }

    private int code(String name, String expected) {
        ObjectNode object = stored.get(name);
        if (object == null) {
            return 404;
        }
        return expected.isEmpty()
                        || expected.equals(object.at("/metadata/resourceVersion").asText())
                ? 200
                : 409;
    }

    private void write(HttpExchange exchange, String name, int code, @Nullable ObjectNode object)
            throws IOException {
        int answered = refused.contains(name) ? 422 : code;
        if (answered >= 400) {
            answer(exchange, answered, status(answered));
            return;
        }
        requests.add(exchange.getRequestMethod() + " " + name);
        if (object == null) {
            answer(exchange, 200, Objects.requireNonNull(stored.remove(name)));
        } else {
            store(name, object);
            answer(exchange, answered, object);
        }
    }

    private void store(String name, ObjectNode object) {
        version++;
        ObjectNode metadata = object.withObjectProperty("metadata");
        metadata.put("name", name).put("resourceVersion", Integer.toString(version));
        if (!metadata.has("namespace")) {
            metadata.put("namespace", NAMESPACE);
        }
        if (!metadata.has("uid")) {
            metadata.put("uid", "uid-" + version);
        }
        object.put("apiVersion", "twinstack.dev/v1alpha1").put("kind", "AddressClaim");
        stored.put(name, object);
    }

    private static ObjectNode status(int code) {
        return JSON.createObjectNode()
                .put("apiVersion", "v1")
                .put("kind", "Status")
                .put("status", "Failure")
                .put("message", "refused")
                .put("code", code);
    }

    private static void answer(HttpExchange exchange, int code, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    AddressClaim read(String name) {
        return claim(Objects.requireNonNull(seen.get(name)));
    }

    private AddressClaim claim(ObjectNode object) {
        return client.getKubernetesSerialization().unmarshal(object.toString(), AddressClaim.class);
    }

    @Override
    public synchronized Optional<AddressClaim> get(ResourceID id) {
        return Optional.ofNullable(seen.get(id.getName())).map(this::claim);
    }

    @Override
    public synchronized Stream<ResourceID> keys() {
        return seen.keySet().stream().map(name -> new ResourceID(name, NAMESPACE));
    }

    @Override
    public synchronized Stream<AddressClaim> list(Predicate<AddressClaim> predicate) {
        return seen.values().stream().map(this::claim).filter(predicate).toList().stream();
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
    }
}

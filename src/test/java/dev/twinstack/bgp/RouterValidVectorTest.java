package dev.twinstack.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.bgp.testing.VectorFile;
import dev.twinstack.bgp.testing.VectorPeer;
import dev.twinstack.bgp.testing.VectorRouter;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpPrefix;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Every message of `valid.jsonl` over TCP against a running router: its OPENs are answered, its
/// routes stand in the table as the file says, and nothing valid costs a session.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouterValidVectorTest {

    private final List<JsonNode> vectors = VectorFile.lines("valid.jsonl");
    private final VectorRouter router;

    RouterValidVectorTest() throws IOException {
        router = new VectorRouter(vectors.stream().map(RouterValidVectorTest::peerAsn).toList());
    }

    @AfterAll
    void close() {
        router.close();
    }

    @TestFactory
    Stream<DynamicTest> isTakenAsItIsMeant() {
        return router.tests(
                vectors.stream().map(vector -> vector.get("id").textValue()).toList(), this::check);
    }

    private void check(int index) throws IOException {
        JsonNode vector = vectors.get(index);
        WireOptions options =
                (isInternal(vector) ? WireOptions.INTERNAL : WireOptions.EXTERNAL)
                        .withFourOctetAs(fourOctetAs(vector));
        try (VectorPeer peer = router.connect(index, options)) {
            switch (vector.get("kind").textValue()) {
                case "OPEN" -> open(vector, peer);
                case "UPDATE" -> update(index, vector, peer);
                case "NOTIFICATION" -> notification(index, vector, peer);
                case "KEEPALIVE", "ROUTE-REFRESH" -> harmless(index, vector, peer);
                default -> throw new AssertionError("No such kind: " + vector.get("kind"));
            }
        }
    }

    /// Accepted, unless it has no family in common with us.
    private static void open(JsonNode vector, VectorPeer peer) {
        peer.send(octets(vector));
        if (peer.awaitKeepalive()) {
            return;
        }
        assertThat(peer.notification())
                .map(NotificationMessage::error)
                .contains(ErrorCode.UNSUPPORTED_CAPABILITY);
        assertThat(vector.at("/decoded/capabilities").toString())
                .doesNotContain("\"ipv4-unicast\"", "\"ipv6-unicast\"");
    }

    private void update(int index, JsonNode vector, VectorPeer peer) {
        establish(index, peer);
        peer.send(octets(vector));
        router.barrier(index, peer);

        if (vector.at("/context/addpath").isEmpty()) {
            assertThat(peer.notification()).isEmpty();
            assertThat(peer.ended()).isFalse();
            assertThat(routes(index)).containsExactlyElementsOf(expected(vector));
        } else {
            // Path identifiers were not negotiated: a mistake of the peer, which may cost its
            // session and nothing else.
            assertThat(router.session(index).counters().received().updates()).isLessThan(2);
        }
    }

    private void notification(int index, JsonNode vector, VectorPeer peer) {
        establish(index, peer);
        peer.send(octets(vector));
        peer.awaitEnd();
        assertThat(peer.notification()).isEmpty();
        assertThat(router.session(index).lastError().orElse(""))
                .contains(
                        "the peer closed with %d/%d "
                                .formatted(
                                        vector.at("/decoded/code").intValue(),
                                        vector.at("/decoded/subcode").intValue()));
    }

    private void harmless(int index, JsonNode vector, VectorPeer peer) {
        establish(index, peer);
        peer.send(octets(vector));
        router.barrier(index, peer);
        assertThat(peer.notification()).isEmpty();
        assertThat(router.session(index).isEstablished()).isTrue();
    }

    private void establish(int index, VectorPeer peer) {
        JsonNode vector = vectors.get(index);
        peer.send(VectorRouter.open(index, peerAsn(vector), fourOctetAs(vector)));
        assertThat(peer.awaitKeepalive()).isTrue();
        peer.send(KeepaliveMessage.INSTANCE);
        await().until(() -> router.session(index).isEstablished());
    }

    /// `prefix origin med` of each route.
    private Set<String> routes(int index) {
        Set<String> lines = new TreeSet<>();
        for (ReceivedRoute route : router.routes(index)) {
            lines.add(
                    line(
                            route.prefix(),
                            route.origin(),
                            route.med().isPresent() ? route.med().getAsLong() : -1));
        }
        return lines;
    }

    private static Set<String> expected(JsonNode vector) {
        JsonNode attributes = vector.at("/decoded/attributes");
        boolean whole =
                attributes.has("origin")
                        && attributes.has("as-path")
                        && (isInternal(vector) || !attributes.get("as-path").isEmpty())
                        && !attributes.get("as-path").toString().contains("confed")
                        && !attributes.path("next-hop").asText().startsWith("127.")
                        && !path(attributes).contains(VectorRouter.ASN.value());
        if (!whole) {
            return Set.of();
        }
        Set<String> lines = new TreeSet<>();
        Stream.concat(
                        elements(vector.at("/decoded/nlri")),
                        elements(attributes.at("/mp-reach/nlri")))
                .map(JsonNode::textValue)
                .map(IpPrefix::parse)
                .filter(prefix -> !prefix.address().isMulticast())
                .forEach(prefix ->
                        lines.add(
                                line(
                                        prefix,
                                        attributes.get("origin").textValue(),
                                        attributes.path("med").asLong(-1))));
        return lines;
    }

    private static String line(IpPrefix prefix, String origin, long med) {
        return "%s %s %d".formatted(prefix, origin.toUpperCase(Locale.ROOT), med);
    }

    private static List<Long> path(JsonNode attributes) {
        return elements(attributes.get("as-path"))
                .flatMap(segment -> elements(segment.get("as")))
                .map(JsonNode::longValue)
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static boolean isInternal(JsonNode vector) {
        return vector.at("/decoded/attributes/local-pref").isNumber();
    }

    private static boolean fourOctetAs(JsonNode vector) {
        return vector.at("/context/as4").asBoolean(true);
    }

    private static Asn peerAsn(JsonNode vector) {
        if (!vector.get("kind").textValue().equals("OPEN")) {
            return isInternal(vector) ? VectorRouter.ASN : new Asn(64600);
        }
        return elements(vector.at("/decoded/capabilities"))
                .filter(capability -> capability.has("asn"))
                .map(capability -> new Asn(capability.get("asn").longValue()))
                .findFirst()
                .orElseGet(() -> new Asn(vector.at("/decoded/my-as").longValue()));
    }

    private static byte[] octets(JsonNode vector) {
        return HexFormat.of().parseHex(vector.get("hex").textValue());
    }
}

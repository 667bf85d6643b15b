package dev.twinstack.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.bgp.testing.Announcements;
import dev.twinstack.bgp.testing.Expectation;
import dev.twinstack.bgp.testing.Reaction;
import dev.twinstack.bgp.testing.VectorFile;
import dev.twinstack.bgp.testing.VectorPeer;
import dev.twinstack.bgp.testing.VectorRouter;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpPrefix;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Every malformed message of `malformed.jsonl` over TCP against a running router: what it answers,
/// what becomes of the prefix it is about, and that the peer can come back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouterMalformedVectorTest {

    /// The router's address in the vectors, and here.
    private static final String OWN_ADDRESS = "0a090001";

    private static final String LOOPBACK = "7f000001";

    private final List<JsonNode> vectors = VectorFile.lines("malformed.jsonl");
    private final VectorRouter router;

    RouterMalformedVectorTest() throws IOException {
        router = new VectorRouter(vectors.stream().map(RouterMalformedVectorTest::tester).toList());
    }

    @AfterAll
    void close() {
        router.close();
    }

    @TestFactory
    Stream<DynamicTest> reactsAsTheRfcsDemand() {
        return router.tests(
                vectors.stream().map(vector -> vector.get("id").textValue()).toList(), this::check);
    }

    private void check(int index) throws IOException {
        // Given
        JsonNode vector = vectors.get(index);
        boolean internal = vector.get("session").textValue().equals("ibgp");
        boolean established = vector.get("phase").textValue().equals("established");
        WireOptions options = internal ? WireOptions.INTERNAL : WireOptions.EXTERNAL;
        Optional<IpPrefix> prefix =
                Optional.ofNullable(vector.get("prefix").textValue()).map(IpPrefix::parse);
        try (VectorPeer peer = router.connect(index, options)) {
            if (established) {
                establish(index, peer);
                prefix.ifPresent(one -> announce(index, peer, one, internal));
            }
            List<ReceivedRoute> before = router.routes(index);

            // When
            vector.get("hex").forEach(hex -> peer.send(octets(hex.textValue())));
            if (established) {
                router.barrier(index, peer);
            } else {
                awaitAnswer(peer);
            }

            // Then
            Expectation expectation = Expectation.read(vector.get("expect"));
            List<Reaction> reactions = reactions(peer, prefix, before, router.routes(index));
            assertThat(reactions)
                    .as("%s", expectation)
                    .anyMatch(reaction -> expectation.isMetBy(reaction));
        }
        comesBack(index, options);
    }

    private static void awaitAnswer(VectorPeer peer) {
        await().until(() -> {
            peer.look(5);
            return peer.ended() || peer.notification().isPresent() || peer.awaitKeepalive();
        });
    }

    private void establish(int index, VectorPeer peer) {
        peer.send(VectorRouter.open(index, tester(vectors.get(index)), true));
        assertThat(peer.awaitKeepalive()).isTrue();
        peer.send(KeepaliveMessage.INSTANCE);
        await().until(() -> router.session(index).isEstablished());
    }

    private void announce(int index, VectorPeer peer, IpPrefix prefix, boolean internal) {
        Asn asn = tester(vectors.get(index));
        peer.send(Announcements.of(prefix, internal ? Optional.empty() : Optional.of(asn)));
        router.barrier(index, peer);
    }

    /// What happened; some of it may be seen in more than one way.
    private static List<Reaction> reactions(
            VectorPeer peer,
            Optional<IpPrefix> prefix,
            List<ReceivedRoute> before,
            List<ReceivedRoute> now) {
        if (peer.notification().isPresent()) {
            return List.of(
                    new Reaction.SessionReset(
                            peer.notification().get().error(), peer.notification().get().data()));
        }
        if (peer.ended()) {
            return List.of(new Reaction.Closed());
        }
        if (prefix.isEmpty()) {
            return List.of(new Reaction.SessionUp());
        }
        if (now.stream().noneMatch(route -> route.prefix().equals(prefix.get()))) {
            return List.of(new Reaction.Withdrawn(), new Reaction.NotUsed());
        }
        return List.of(now.equals(before) ? new Reaction.Unchanged() : new Reaction.Announced());
    }

    private void comesBack(int index, WireOptions options) throws IOException {
        await().until(() -> !router.session(index).isEstablished());
        try (VectorPeer again = router.connect(index, options)) {
            establish(index, again);
        }
    }

    private static Asn tester(JsonNode vector) {
        return vector.get("session").textValue().equals("ibgp") ? VectorRouter.ASN : new Asn(64600);
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(OWN_ADDRESS, LOOPBACK));
    }
}

package dev.twinstack.bgp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.ReceivedRoute;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.bgp.testing.Announcements;
import dev.twinstack.bgp.testing.SessionHarness;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every malformed message of `bgp-vectors/malformed.jsonl` against a whole session: what goes back
/// on the wire, what becomes of the prefix it is about, and that the session comes back.
class MalformedSessionVectorTest {

    private static final HexFormat HEX = HexFormat.of();

    @TestFactory
    Stream<DynamicTest> malformedMessages() throws IOException {
        Path file = Path.of(System.getProperty("bgp.vectors.dir")).resolve("malformed.jsonl");
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> vectors = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            vectors.add(json.readTree(line));
        }
        assertThat(vectors).isNotEmpty();
        return vectors.stream()
                .map(vector ->
                        DynamicTest.dynamicTest(
                                vector.get("id").asText(), () -> new Case(vector).check()));
    }

    private static final class Case {

        private final JsonNode vector;
        private final boolean internal;
        private final SessionHarness harness;
        private final Optional<IpPrefix> prefix;

        Case(JsonNode vector) {
            this.vector = vector;
            this.internal = vector.get("session").asText().equals("ibgp");
            Asn tester = new Asn(internal ? 64512 : 64600);
            this.harness = new SessionHarness(settings(tester), tester);
            this.prefix =
                    vector.get("prefix").isNull()
                            ? Optional.empty()
                            : Optional.of(IpPrefix.parse(vector.get("prefix").asText()));
        }

        void check() {
            // Given
            Link link = harness.openSent();
            if (vector.get("phase").asText().equals("established")) {
                harness.establish(link, AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST);
                prefix.ifPresent(one -> harness.receive(link, announcement(one)));
                assertThat(harness.session.isEstablished()).isTrue();
                harness.sent(link);
            }
            List<ReceivedRoute> before = harness.routes();

            // When
            vector.get("hex").forEach(hex -> harness.receive(link, HEX.parseHex(hex.asText())));

            // Then
            List<BgpMessage> sent = harness.sent(link);
            Set<String> seen = seen(link, sent, before);
            assertThat(seen)
                    .as("sent %s, routes %s", sent, harness.routes())
                    .containsAnyElementsOf(expected());
            if (seen.contains("reset " + vector.at("/expect/notification"))
                    && vector.at("/expect/data").isTextual()) {
                assertThat(((NotificationMessage) sent.getLast()).data().toString())
                        .isEqualTo(vector.at("/expect/data").asText());
            }
            comesBack(link);
        }

        /// What happened, in the vectors' terms; several of them may describe the same.
        private Set<String> seen(Link link, List<BgpMessage> sent, List<ReceivedRoute> before) {
            Set<String> seen = new HashSet<>(Set.of("no-crash"));
            if (harness.network.isClosed(link)) {
                if (!sent.isEmpty()
                        && sent.getLast() instanceof NotificationMessage(var error, var _)) {
                    seen.add("session-reset");
                    seen.add("reset [%d,%d]".formatted(error.code(), error.subcode()));
                } else {
                    seen.add("close-without-notification");
                }
                return seen;
            }
            List<ReceivedRoute> now = harness.routes();
            boolean kept =
                    prefix.isEmpty()
                            || now.stream().anyMatch(route -> route.prefix().equals(prefix.get()));
            boolean replaced = !now.equals(before);
            if (prefix.isPresent() ? !kept : now.isEmpty()) {
                seen.addAll(List.of("treat-as-withdraw", "route-not-used"));
            }
            if (kept && (replaced || prefix.isEmpty())) {
                seen.addAll(List.of("accept", "attribute-discard"));
            }
            if (kept && !replaced) {
                seen.addAll(List.of("unchanged", "afi-safi-disable"));
            }
            return seen;
        }

        private List<String> expected() {
            List<String> expected = new ArrayList<>();
            String action = vector.at("/expect/action").asText();
            JsonNode notification = vector.at("/expect/notification");
            expected.add(
                    action.equals("session-reset") && notification.isArray()
                            ? "reset " + notification
                            : action);
            for (JsonNode also : vector.at("/expect/acceptable")) {
                expected.add(also.isArray() ? "reset " + also : also.asText());
            }
            return expected;
        }

        /// Whatever it was: the session still lives, or can be had again.
        private void comesBack(Link link) {
            if (!harness.network.isClosed(link)) {
                return;
            }
            harness.pass(Duration.ofSeconds(1));
            Link again = harness.connect();
            assertThat(again).isNotEqualTo(link);
            harness.establish(again, AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST);
            assertThat(harness.session.isEstablished()).isTrue();
            assertThat(harness.sent(again)).contains(KeepaliveMessage.INSTANCE);
        }

        /// The prefix as it was announced before, with community 64600:1.
        private BgpMessage announcement(IpPrefix one) {
            return Announcements.of(one, internal ? Optional.empty() : Optional.of(new Asn(64600)));
        }

        private static PeerSettings settings(Asn tester) {
            return PeerSettings.builder("tester", IpAddress.parse("10.9.0.2"))
                    .localAsn(new Asn(64512))
                    .peerAsn(PeerAsn.exactly(tester.value()))
                    .routerId(IpAddress.parse("10.9.0.1"))
                    .build();
        }
    }
}

package dev.twinstack.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.bgp.testing.ConformanceFile;
import dev.twinstack.bgp.testing.SessionHarness;
import dev.twinstack.bgp.testing.VectorFile;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The UPDATEs of `conformance/bgp_wire.json`: MetalLB's octets read, and what a whole session of
/// ours sends for the same routes.
class BgpWireUpdatesConformanceTest {

    private static final Set<String> FIELDS =
            Set.of(
                    "summary",
                    "session",
                    "advertise",
                    "withdraw",
                    "expect",
                    "metallb_bytes",
                    "source",
                    "derived",
                    "metallb_native",
                    "upstream_limit",
                    "upstream_flaw");

    @TestFactory
    Stream<DynamicTest> theirUpdatesAreRead() {
        return Stream.of("updates", "withdraws")
                .flatMap(section ->
                        ConformanceFile.tests(
                                section, "summary", BgpWireUpdatesConformanceTest::read));
    }

    private static void read(JsonNode one) {
        if (one.has("metallb_bytes")) {
            WireOptions options = Speaker.of(one.get("session")).options();
            Decoded decoded = Wire.decode(one.get("metallb_bytes").textValue(), options);
            assertSays(one, (UpdateMessage) Wire.message(decoded));
        }
    }

    @TestFactory
    Stream<DynamicTest> ourUpdatesSayTheSame() {
        return ConformanceFile.tests(
                "updates",
                "summary",
                one -> {
                    Speaker speaker = Speaker.of(one.get("session"));
                    assertSays(one, speaker.announce(one.get("advertise")));
                });
    }

    @TestFactory
    Stream<DynamicTest> ourWithdrawalsSayTheSame() {
        return ConformanceFile.tests(
                "withdraws",
                "summary",
                one -> {
                    Speaker speaker = Speaker.of(one.get("session"));
                    assertSays(one, speaker.withdraw(one.get("withdraw")));
                });
    }

    /// A session as a case describes it.
    private record Speaker(boolean internal, boolean fourOctetAs, SessionHarness harness) {

        static Speaker of(JsonNode session) {
            VectorFile.requireKnown(
                    session, Set.of("localASN", "ibgp", "four_byte_asn", "local_address"));
            boolean internal = session.get("ibgp").booleanValue();
            boolean fourOctetAs = session.get("four_byte_asn").booleanValue();
            Asn local = new Asn(session.get("localASN").longValue());
            Asn peer = internal ? local : new Asn(64999);
            String address = session.get("local_address").textValue();
            SessionHarness harness =
                    new SessionHarness(
                            PeerSettings.builder("peer", IpAddress.parse("192.0.2.1"))
                                    .localAsn(local)
                                    .peerAsn(PeerAsn.exactly(peer.value()))
                                    .routerId(IpAddress.parse("192.0.2.10"))
                                    .nextHop(IpAddress.parse(address))
                                    .build(),
                            peer,
                            fourOctetAs);
            harness.network.setLocalAddress(address);
            return new Speaker(internal, fourOctetAs, harness);
        }

        WireOptions options() {
            return (internal ? WireOptions.INTERNAL : WireOptions.EXTERNAL)
                    .withFourOctetAs(fourOctetAs);
        }

        UpdateMessage announce(JsonNode advertise) {
            VectorFile.requireKnown(advertise, Set.of("prefix", "localPref", "communities"));
            Link link = harness.established();
            harness.sent(link);
            IpPrefix prefix = IpPrefix.parse(advertise.get("prefix").textValue());
            return change(link, Map.of(prefix, attributes(advertise)), Set.of());
        }

        UpdateMessage withdraw(JsonNode prefixes) {
            Set<IpPrefix> gone =
                    ConformanceFile.texts(prefixes).stream()
                            .map(IpPrefix::parse)
                            .collect(Collectors.toSet());
            Link link = harness.established();
            gone.forEach(prefix ->
                    harness.session.change(Map.of(prefix, RouteAttributes.NONE), Set.of()));
            harness.session.sendRoutes();
            harness.sent(link);
            return change(link, Map.of(), gone);
        }

        private UpdateMessage change(
                Link link, Map<IpPrefix, RouteAttributes> changed, Set<IpPrefix> withdrawn) {
            harness.session.change(changed, withdrawn);
            harness.session.sendRoutes();
            List<BgpMessage> sent = harness.sent(link);
            assertThat(sent).hasSize(1);
            return (UpdateMessage) sent.getFirst();
        }

        private static RouteAttributes attributes(JsonNode advertise) {
            TreeSet<Community> standard = new TreeSet<>();
            TreeSet<LargeCommunity> large = new TreeSet<>();
            for (String text : ConformanceFile.texts(advertise.get("communities"))) {
                if (text.startsWith("large:")) {
                    large.add(LargeCommunity.parse(text));
                } else {
                    standard.add(Community.parse(text));
                }
            }
            return new RouteAttributes(
                    OptionalLong.of(advertise.path("localPref").asLong(0)), standard, large);
        }
    }

    private static void assertSays(JsonNode one, UpdateMessage update) {
        VectorFile.requireKnown(one, FIELDS);
        JsonNode expect = one.get("expect");
        Map<String, Object> actual =
                Map.of(
                        "ORIGIN", update.attribute(Origin.class).map(Origin::name).orElse(""),
                        "AS_PATH", path(update),
                        "NEXT_HOP", nextHop(update),
                        "LOCAL_PREF",
                                update.attribute(LocalPreference.class)
                                        .map(LocalPreference::value)
                                        .orElse(-1L),
                        "COMMUNITIES",
                                texts(update.attribute(Communities.class).map(Communities::values)),
                        "LARGE_COMMUNITIES",
                                texts(
                                        update.attribute(LargeCommunities.class)
                                                .map(LargeCommunities::values)),
                        "NLRI",
                                prefixes(
                                        update.announced(),
                                        update.attribute(MpReach.class).map(MpReach::nlri)),
                        "WITHDRAWN",
                                prefixes(
                                        update.withdrawn(),
                                        update.attribute(MpUnreach.class)
                                                .map(MpUnreach::withdrawn)));
        VectorFile.requireKnown(expect, actual.keySet());
        expect.fieldNames()
                .forEachRemaining(field ->
                        assertThat(new ObjectMapper().valueToTree(actual.get(field)).toString())
                                .as(field)
                                .isEqualTo(expect.get(field).toString()));
        if (!one.path("session").path("ibgp").booleanValue()) {
            assertThat(update.attribute(LocalPreference.class)).as("LOCAL_PREF to eBGP").isEmpty();
        }
    }

    private static List<Long> path(UpdateMessage update) {
        return update.asPath().segments().stream()
                .flatMap(segment -> segment.asns().stream())
                .map(Asn::value)
                .toList();
    }

    private static String nextHop(UpdateMessage update) {
        return update.attribute(NextHop.class)
                .map(NextHop::address)
                .or(() -> update.attribute(MpReach.class).map(reach -> reach.nextHops().getFirst()))
                .map(IpAddress::toString)
                .orElse("");
    }

    private static List<String> texts(Optional<? extends List<?>> values) {
        return values.stream().flatMap(List::stream).map(Object::toString).toList();
    }

    private static List<String> prefixes(List<Nlri> classic, Optional<List<Nlri>> multiprotocol) {
        return Stream.concat(classic.stream(), multiprotocol.stream().flatMap(List::stream))
                .map(Nlri::toString)
                .toList();
    }
}

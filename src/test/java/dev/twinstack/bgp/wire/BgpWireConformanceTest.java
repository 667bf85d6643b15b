package dev.twinstack.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.bgp.testing.VectorFile;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The bytes of MetalLB's sessions (`conformance/bgp_wire.json`). The `rules` are the session's,
/// the texts in `communities` are tested beside [Community].
class BgpWireConformanceTest {

    private static final Set<String> OPEN_FIELDS =
            Set.of(
                    "summary",
                    "hex",
                    "expect",
                    "source",
                    "derived",
                    "metallb_native",
                    "upstream_flaw",
                    "upstream_limit");

    private static final Set<String> UPDATE_FIELDS =
            Set.of(
                    "summary",
                    "session",
                    "advertise",
                    "expect",
                    "metallb_bytes",
                    "source",
                    "derived",
                    "metallb_native",
                    "upstream_limit",
                    "upstream_flaw");

    @Test
    void knowsEverySection() throws IOException {
        VectorFile.requireKnown(
                file(),
                Set.of("schema", "opens", "updates", "withdraws", "rules", "communities", "order"));
    }

    @TestFactory
    Stream<DynamicTest> opens() throws IOException {
        return tests("opens", BgpWireConformanceTest::open);
    }

    private static void open(JsonNode one) {
        VectorFile.requireKnown(one, OPEN_FIELDS);
        JsonNode expect = one.get("expect");
        VectorFile.requireKnown(
                expect,
                Set.of(
                        "accept",
                        "asn",
                        "hold_time",
                        "router_id",
                        "four_byte_asn",
                        "families",
                        "other_capabilities"));

        Decoded decoded = Wire.decode(one.get("hex").textValue(), WireOptions.INITIAL);

        if (!expect.get("accept").booleanValue()) {
            assertThat(isOpen(decoded)).isFalse();
            return;
        }
        OpenMessage open = (OpenMessage) Wire.message(decoded);
        Map<String, Object> actual =
                Map.of(
                        "accept", true,
                        "asn", open.asn().value(),
                        "hold_time", open.holdTime().toSeconds(),
                        "router_id", open.bgpIdentifier().toString(),
                        "four_byte_asn", open.capability(FourOctetAsCapability.class).isPresent(),
                        "families", families(open),
                        "other_capabilities", otherCapabilities(open));
        expect.fieldNames()
                .forEachRemaining(field ->
                        assertThat(new ObjectMapper().valueToTree(actual.get(field)).toString())
                                .as(field)
                                .isEqualTo(expect.get(field).toString()));
    }

    /// Another message in its place is refused by the session, not by the decoder.
    private static boolean isOpen(Decoded decoded) {
        return decoded instanceof Decoded.Message(OpenMessage _);
    }

    private static List<String> families(OpenMessage open) {
        return open.capabilities().stream()
                .filter(MultiprotocolCapability.class::isInstance)
                .map(capability -> ((MultiprotocolCapability) capability).family())
                .map(family -> family.afi() + "/" + family.safi())
                .toList();
    }

    private static Set<Integer> otherCapabilities(OpenMessage open) {
        Set<Integer> codes = new TreeSet<>();
        open.capabilities().forEach(capability -> codes.add(capability.code()));
        codes.removeAll(Set.of(MultiprotocolCapability.CODE, FourOctetAsCapability.CODE));
        return codes;
    }

    @TestFactory
    Stream<DynamicTest> theirUpdatesAreRead() throws IOException {
        return tests(
                "updates",
                one -> {
                    if (one.has("metallb_bytes")) {
                        Decoded decoded =
                                Wire.decode(one.get("metallb_bytes").textValue(), options(one));
                        assertSays(one, (UpdateMessage) Wire.message(decoded));
                    }
                });
    }

    @TestFactory
    Stream<DynamicTest> ourUpdatesSayTheSame() throws IOException {
        return tests(
                "updates",
                one -> {
                    WireOptions options = options(one);
                    List<UpdateMessage> updates = announce(one, options);
                    assertThat(updates).hasSize(1);
                    Decoded decoded =
                            Wire.decode(Wire.encode(updates.getFirst(), options), options);
                    assertThat(decoded).isInstanceOf(Decoded.Message.class);
                    assertSays(one, (UpdateMessage) Wire.message(decoded));
                });
    }

    private static WireOptions options(JsonNode one) {
        JsonNode session = one.get("session");
        VectorFile.requireKnown(
                session, Set.of("localASN", "ibgp", "four_byte_asn", "local_address"));
        WireOptions options =
                session.get("ibgp").booleanValue() ? WireOptions.INTERNAL : WireOptions.EXTERNAL;
        return options.withFourOctetAs(session.get("four_byte_asn").booleanValue());
    }

    private static List<UpdateMessage> announce(JsonNode one, WireOptions options) {
        JsonNode session = one.get("session");
        JsonNode advertise = one.get("advertise");
        VectorFile.requireKnown(advertise, Set.of("prefix", "localPref", "communities"));
        List<PathAttribute> attributes = new ArrayList<>();
        attributes.add(Origin.IGP);
        if (options.internal()) {
            attributes.add(AsPath.EMPTY);
            attributes.add(new LocalPreference(advertise.get("localPref").longValue()));
        } else {
            attributes.add(AsPath.sequence(new Asn(session.get("localASN").longValue())));
        }
        List<String> communities = texts(advertise.get("communities"));
        List<Community> standard =
                communities.stream()
                        .filter(text -> !text.startsWith("large:"))
                        .map(Community::parse)
                        .toList();
        List<LargeCommunity> large =
                communities.stream()
                        .filter(text -> text.startsWith("large:"))
                        .map(LargeCommunity::parse)
                        .toList();
        if (!standard.isEmpty()) {
            attributes.add(new Communities(standard));
        }
        if (!large.isEmpty()) {
            attributes.add(new LargeCommunities(large));
        }
        return new UpdatePacker(options)
                .announce(
                        AddressFamily.IPV4_UNICAST,
                        List.of(IpAddress.parse(session.get("local_address").textValue())),
                        attributes,
                        List.of(new Nlri(IpPrefix.parse(advertise.get("prefix").textValue()))));
    }

    private static void assertSays(JsonNode one, UpdateMessage update) {
        VectorFile.requireKnown(one, UPDATE_FIELDS);
        JsonNode expect = one.get("expect");
        Map<String, Object> actual =
                Map.of(
                        "ORIGIN", update.attribute(Origin.class).orElseThrow().name(),
                        "AS_PATH",
                                update.asPath().segments().stream()
                                        .flatMap(segment -> segment.asns().stream())
                                        .map(Asn::value)
                                        .toList(),
                        "NEXT_HOP",
                                update.attribute(NextHop.class).orElseThrow().address().toString(),
                        "LOCAL_PREF",
                                update.attribute(LocalPreference.class)
                                        .map(LocalPreference::value)
                                        .orElse(-1L),
                        "COMMUNITIES",
                                update
                                        .attribute(Communities.class)
                                        .map(Communities::values)
                                        .stream()
                                        .flatMap(List::stream)
                                        .map(Community::toString)
                                        .toList(),
                        "LARGE_COMMUNITIES",
                                update
                                        .attribute(LargeCommunities.class)
                                        .map(LargeCommunities::values)
                                        .stream()
                                        .flatMap(List::stream)
                                        .map(LargeCommunity::toString)
                                        .toList(),
                        "NLRI", update.announced().stream().map(Nlri::toString).toList());
        VectorFile.requireKnown(expect, actual.keySet());
        expect.fieldNames()
                .forEachRemaining(field ->
                        assertThat(new ObjectMapper().valueToTree(actual.get(field)).toString())
                                .as(field)
                                .isEqualTo(expect.get(field).toString()));
    }

    @TestFactory
    Stream<DynamicTest> communitiesAreOrdered() throws IOException {
        return tests(
                "order",
                one -> {
                    VectorFile.requireKnown(one, Set.of("left", "right", "expect", "source"));
                    assertThat(
                                    asLarge(one.get("left").textValue())
                                                    .compareTo(
                                                            asLarge(one.get("right").textValue()))
                                            < 0)
                            .isEqualTo(one.get("expect").booleanValue());
                });
    }

    private static LargeCommunity asLarge(String text) {
        return text.startsWith("large:")
                ? LargeCommunity.parse(text)
                : new LargeCommunity(Community.parse(text).value(), 0, 0);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::textValue).toList();
    }

    private static Stream<DynamicTest> tests(String section, Consumer<JsonNode> test)
            throws IOException {
        JsonNode cases = file().get(section);
        assertThat(cases).isNotEmpty();
        return StreamSupport.stream(cases.spliterator(), false)
                .map(one -> dynamicTest(name(one), () -> test.accept(one)));
    }

    private static String name(JsonNode one) {
        return one.has("summary")
                ? one.get("summary").textValue()
                : one.get("left").textValue() + " < " + one.get("right").textValue();
    }

    private static JsonNode file() throws IOException {
        Path file = Path.of(System.getProperty("conformance.dir"), "bgp_wire.json");
        return new ObjectMapper().readTree(Files.readString(file));
    }
}

package dev.twinstack.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.bgp.testing.ConformanceFile;
import dev.twinstack.bgp.testing.VectorFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The OPENs of `conformance/bgp_wire.json`.
class BgpWireOpensConformanceTest {

    private static final Set<String> FIELDS =
            Set.of(
                    "summary",
                    "hex",
                    "expect",
                    "source",
                    "derived",
                    "metallb_native",
                    "upstream_flaw",
                    "upstream_limit");

    private static final Set<String> EXPECTED =
            Set.of(
                    "accept",
                    "asn",
                    "hold_time",
                    "router_id",
                    "four_byte_asn",
                    "families",
                    "other_capabilities",
                    "because",
                    "note");

    private static final Set<String> FOR_PEOPLE = Set.of("because", "note");

    @TestFactory
    Stream<DynamicTest> opens() {
        return ConformanceFile.tests("opens", "summary", BgpWireOpensConformanceTest::open);
    }

    private static void open(JsonNode one) {
        VectorFile.requireKnown(one, FIELDS);
        JsonNode expect = one.get("expect");
        VectorFile.requireKnown(expect, EXPECTED);

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
                .forEachRemaining(field -> {
                    if (!FOR_PEOPLE.contains(field)) {
                        assertThat(new ObjectMapper().valueToTree(actual.get(field)).toString())
                                .as(field)
                                .isEqualTo(expect.get(field).toString());
                    }
                });
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
}

package dev.twinstack.bgp.wire;

import static dev.twinstack.bgp.wire.Updates.AS_PATH;
import static dev.twinstack.bgp.wire.Updates.MP_REACH;
import static dev.twinstack.bgp.wire.Updates.NEXT_HOP;
import static dev.twinstack.bgp.wire.Updates.NLRI;
import static dev.twinstack.bgp.wire.Updates.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.wire.AttributeFault.Reaction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 7606: what was wrong is said in words, and the strongest reaction wins.
class UpdateErrorHandlingTest {

    private static final String GOOD = ORIGIN + AS_PATH + NEXT_HOP;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    c0070500006400 00 | AGGREGATOR: wrong length 5
                    40060100          | ATOMIC_AGGREGATE: wrong length 1
                    400504000001f4    | LOCAL_PREF: from an eBGP peer
                    800a0401020304    | CLUSTER_LIST: from an eBGP peer
                    40010102          | ORIGIN: appears again
                    c012080000fc580a000002 | AS4_AGGREGATOR: from a peer with four-octet AS numbers
                    c00708000000000a000002 | AGGREGATOR: AS 0 (RFC 7607)
                    """)
    void discardedAttributesAreNamed(String attribute, String words) {
        Decoded decoded = external(GOOD + attribute.replace(" ", ""), NLRI);

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Repaired.class,
                        repaired -> {
                            assertThat(repaired.withdrawn()).isFalse();
                            assertThat(repaired.message().announced())
                                    .containsExactly(Updates.PREFIX);
                            assertThat(repaired.message().attributes()).hasSize(3);
                            assertThat(repaired.faults())
                                    .singleElement()
                                    .hasToString(words)
                                    .extracting(AttributeFault::reaction)
                                    .isEqualTo(Reaction.DISCARD);
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    80040300000a   | MULTI_EXIT_DISC: wrong length 3
                    c00800         | COMMUNITIES: wrong length 0
                    800804ffff0001 | COMMUNITIES: wrong flags 0x80
                    c0230400000000 | ONLY_TO_CUSTOMER: AS 0 (RFC 7607)
                    8004           | MULTI_EXIT_DISC: the header is cut off
                    c00808ffff0001 | COMMUNITIES: 8 octets overrun the attributes
                    """)
    void prefixesAreWithdrawnForBrokenAttributes(String attribute, String words) {
        Decoded decoded = external(GOOD + attribute, NLRI);

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Repaired.class,
                        repaired -> {
                            assertThat(repaired.withdrawn()).isTrue();
                            assertThat(repaired.message())
                                    .isEqualTo(
                                            new UpdateMessage(
                                                    List.of(Updates.PREFIX), List.of(), List.of()));
                            assertThat(repaired.faults()).singleElement().hasToString(words);
                        });
    }

    @Test
    void withdrawalCoversEveryFamilyOfTheUpdate() {
        String unreach = "800f0a0002013020010db80099";

        Decoded decoded = external(MP_REACH + unreach + AS_PATH + NEXT_HOP, NLRI);

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Repaired.class,
                        repaired -> {
                            assertThat(repaired.message().withdrawn())
                                    .containsExactly(Updates.PREFIX);
                            assertThat(
                                            repaired.message()
                                                    .attribute(MpUnreach.class)
                                                    .orElseThrow()
                                                    .withdrawn())
                                    .hasSize(2)
                                    .contains(Updates.IPV6_PREFIX);
                            assertThat(repaired.faults())
                                    .singleElement()
                                    .hasToString("ORIGIN: is missing");
                        });
    }

    @Test
    void resetBeatsWithdrawalBeatsDiscard() {
        String discard = "40060100";
        String withdraw = "80040300000a";
        String reset = MP_REACH + MP_REACH;

        assertThat(external(GOOD + discard + withdraw, NLRI))
                .isInstanceOfSatisfying(
                        Decoded.Repaired.class, both -> assertThat(both.withdrawn()).isTrue());
        assertThat(external(GOOD + discard + withdraw + reset, NLRI))
                .isEqualTo(
                        Decoded.error(
                                ErrorCode.MALFORMED_ATTRIBUTE_LIST, "MP_REACH_NLRI appears twice"));
    }

    @Test
    void brokenValueWithoutAnyPrefixCostsTheSession() {
        Decoded decoded = external(ORIGIN + AS_PATH + "80040300000a", "");

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.SessionError.class,
                        error ->
                                assertThat(error.notification().error())
                                        .isEqualTo(ErrorCode.MALFORMED_ATTRIBUTE_LIST));
    }

    @Test
    void cutMpReachCostsTheSessionAlthoughOtherPrefixesAreThere() {
        String cut = MP_REACH.substring(0, 20);

        Decoded decoded = external(GOOD + cut, NLRI);

        assertThat(decoded)
                .isEqualTo(
                        Decoded.error(
                                ErrorCode.OPTIONAL_ATTRIBUTE_ERROR,
                                Octets.parseHex(cut),
                                "MP_REACH_NLRI: 28 octets overrun the attributes"));
    }

    @Test
    void unrecognizedWellKnownAttributeCostsTheSession() {
        Decoded decoded = external(GOOD + "40c80100", NLRI);

        assertThat(decoded)
                .isEqualTo(
                        Decoded.error(
                                ErrorCode.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE,
                                Octets.parseHex("40c80100"),
                                "attribute 200: well-known and not recognized"));
    }

    @Test
    void familyThatWasNotNegotiatedIsNotEvenRead() {
        WireOptions ipv4Only =
                WireOptions.EXTERNAL.withFamilies(java.util.Set.of(AddressFamily.IPV4_UNICAST));
        String brokenPrefixes = "800f0600020181ffff";

        Decoded decoded = Wire.decode(Updates.hex(brokenPrefixes, ""), ipv4Only);

        assertThat(((UpdateMessage) Wire.message(decoded)).attributes())
                .containsExactly(
                        new OpaqueMpUnreach(AddressFamily.IPV6_UNICAST, Octets.parseHex("81ffff")));
    }

    @Test
    void unknownOptionalAttributesAreKeptAndOnlyTransitiveOnesGoOn() {
        UpdateMessage update =
                (UpdateMessage) Wire.message(external(GOOD + "c0fe02dead80fd02beef", NLRI));

        UnknownAttribute transitive = (UnknownAttribute) update.attributes().get(3);
        UnknownAttribute nonTransitive = (UnknownAttribute) update.attributes().get(4);
        assertThat(transitive.forwarded().orElseThrow().flags()).isEqualTo(0xe0);
        assertThat(nonTransitive.forwarded()).isEmpty();
    }

    private static Decoded external(String attributes, String nlri) {
        return Wire.decode(Updates.hex(attributes, nlri), WireOptions.EXTERNAL);
    }
}

package dev.twinstack.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMessageTest {

    private static final IpAddress ID = IpAddress.parse("192.0.2.1");

    @Test
    void bigAsNumberStandsInTheCapability() {
        OpenMessage open = open(List.of(new FourOctetAsCapability(new Asn(4_200_000_000L))));

        assertThat(open.twoOctetAs()).isEqualTo(23456);
        assertThat(open.asn()).isEqualTo(new Asn(4_200_000_000L));
    }

    @Test
    void withoutMultiprotocolIpv4UnicastIsMeant() {
        assertThat(open(List.of()).families()).containsExactly(AddressFamily.IPV4_UNICAST);
        assertThat(
                        open(List.of(new MultiprotocolCapability(AddressFamily.IPV6_UNICAST)))
                                .families())
                .containsExactly(AddressFamily.IPV6_UNICAST);
    }

    /// 253 octets are the most one short parameter can hold (RFC 9072 beyond that).
    @ParameterizedTest
    @ValueSource(ints = {0, 251, 252, 253, 254, 600, 3000})
    void capabilitiesOfAnySizeAreReadBack(int octets) {
        List<Capability> capabilities =
                IntStream.iterate(octets, left -> left > 0, left -> left - 202)
                        .mapToObj(left -> Math.min(left, 202) - 2)
                        .filter(length -> length >= 0)
                        .<Capability>map(
                                length -> new UnknownCapability(250, Octets.of(new byte[length])))
                        .toList();
        OpenMessage open = open(capabilities);

        String hex = Wire.encode(open, WireOptions.INITIAL);

        assertThat(Wire.message(Wire.decode(hex, WireOptions.INITIAL))).isEqualTo(open);
        assertThat(hex.startsWith("ffff", 56)).isEqualTo(octets > 253);
    }

    @ParameterizedTest
    @CsvSource({
        "0400000a, 005a, 0a000001, 2/2",
        "04fde9, 0001, 0a000001, 2/6",
        "04fde9, 0002, 0a000001, 2/6",
        "04fde9, 005a, 00000000, 2/3",
        "05fde9, 005a, 0a000001, 2/1",
    })
    void unacceptableFieldsAreRefused(String start, String hold, String id, String expected) {
        String body = start.substring(0, 6) + hold + id + "00";

        Decoded decoded = Wire.decode("ff".repeat(16) + "001d01" + body, WireOptions.INITIAL);

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.SessionError.class,
                        error -> {
                            ErrorCode code = error.notification().error();
                            assertThat(code.code() + "/" + code.subcode()).isEqualTo(expected);
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "05050001000100, 5", // RFC 8950 with a tuple of five octets
        "400100, 64",
        "4503000101, 69",
        "470600010180000e, 71",
        "4906ff686f737400, 73",
        "4b02ff41, 75",
        "0902ffff, 9",
        "0100, 1",
        "0201ff, 2",
        "0601ff, 6",
        "4601ff, 70"
    })
    void capabilitiesOfWrongLengthAreAsGoodAsUnknown(String hex, int code) {
        int length = hex.length() / 2;
        String open =
                "ff".repeat(16)
                        + "%04x0104fc58005a0a00640b%02x02%02x%s"
                                .formatted(31 + length, length + 2, length, hex);

        OpenMessage message = (OpenMessage) Wire.message(Wire.decode(open, WireOptions.INITIAL));

        assertThat(message.capabilities())
                .containsExactly(new UnknownCapability(code, Octets.parseHex(hex.substring(4))));
    }

    private static OpenMessage open(List<Capability> capabilities) {
        return OpenMessage.of(new Asn(4_200_000_000L), Duration.ofSeconds(90), ID, capabilities);
    }
}

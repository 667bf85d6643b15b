package dev.twinstack.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What the RFCs reserve is ignored when read and zero when written.
class ReservedBitsTest {

    private static final String HEAD = "ff".repeat(16);

    @Test
    void reservedOctetOfTheMultiprotocolCapability() {
        assertThat(capability("010400020001")).isEqualTo(capability("01040002ff01"));
        assertThat(Wire.encode(openWith("01040002ff01"), WireOptions.INITIAL))
                .endsWith("010400020001");
    }

    @Test
    void reservedFlagsOfGracefulRestart() {
        assertThat(capability("4006c05a00010180")).isEqualTo(capability("4006f05a000101ff"));
        assertThat(Wire.encode(openWith("4006f05a000101ff"), WireOptions.INITIAL))
                .endsWith("4006c05a00010180");
    }

    @Test
    void reservedFlagsOfLongLivedGracefulRestart() {
        assertThat(capability("470700020180000e10")).isEqualTo(capability("4707000201ff000e10"));
    }

    @Test
    void lowFlagsOfAnAttribute() {
        String odd = Updates.ORIGIN.replaceFirst("40", "4f");

        assertThat(update(odd + Updates.AS_PATH + Updates.NEXT_HOP, Updates.NLRI))
                .isEqualTo(
                        update(Updates.ORIGIN + Updates.AS_PATH + Updates.NEXT_HOP, Updates.NLRI));
    }

    @Test
    void reservedOctetOfMpReach() {
        String odd = Updates.MP_REACH.replace("0002003020010db8", "0002ff3020010db8");
        assertThat(odd).isNotEqualTo(Updates.MP_REACH);

        UpdateMessage update = update(odd + Updates.ORIGIN + Updates.AS_PATH, "");

        assertThat(Wire.encode(update, WireOptions.EXTERNAL)).contains(Updates.MP_REACH);
    }

    @Test
    void bitsBehindAPrefix() {
        String attributes = Updates.ORIGIN + Updates.AS_PATH + Updates.NEXT_HOP;

        UpdateMessage update = update(attributes, "17c63365");

        assertThat(update.announced()).hasToString("[198.51.100.0/23]");
        assertThat(Wire.encode(update, WireOptions.EXTERNAL)).endsWith("17c63364");
    }

    private static UpdateMessage update(String attributes, String nlri) {
        Decoded decoded = Wire.decode(Updates.hex(attributes, nlri), WireOptions.EXTERNAL);
        assertThat(decoded).isInstanceOf(Decoded.Message.class);
        return (UpdateMessage) Wire.message(decoded);
    }

    private static Capability capability(String hex) {
        List<Capability> capabilities = openWith(hex).capabilities();
        assertThat(capabilities).hasSize(1).noneMatch(UnknownCapability.class::isInstance);
        return capabilities.getFirst();
    }

    private static OpenMessage openWith(String capability) {
        int length = capability.length() / 2;
        String open =
                HEAD
                        + "%04x0104fc58005a0a00640b%02x02%02x%s"
                                .formatted(31 + length, length + 2, length, capability);
        return (OpenMessage) Wire.message(Wire.decode(open, WireOptions.INITIAL));
    }
}

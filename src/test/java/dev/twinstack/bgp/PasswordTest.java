package dev.twinstack.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import org.junit.jupiter.api.Test;

class PasswordTest {

    @Test
    void isNeverPrintedNotEvenWithinItsSettings() {
        PeerSettings settings =
                PeerSettings.builder("tor", IpAddress.parse("192.0.2.1"))
                        .localAsn(new Asn(64512))
                        .peerAsn(PeerAsn.exactly(64500))
                        .routerId(IpAddress.parse("192.0.2.10"))
                        .password(Password.of("open sesame"))
                        .build();

        assertThat(settings.toString()).contains("redacted").doesNotContain("sesame");
    }

    @Test
    void equalKeysAreEqualSettings() {
        assertThat(Password.of("a")).isEqualTo(Password.of("a")).isNotEqualTo(Password.of("b"));
    }

    @Test
    void takesNoMoreThanTheKernelDoes() {
        assertThatThrownBy(() -> Password.of("x".repeat(81)))
                .hasMessageContaining("1 to 80 octets");
        assertThatThrownBy(() -> Password.of("")).isInstanceOf(IllegalArgumentException.class);
    }
}

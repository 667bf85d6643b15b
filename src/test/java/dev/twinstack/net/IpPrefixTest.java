package dev.twinstack.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.1.77/24, 192.168.1.0, 192.168.1.255, 256",
        "10.0.0.1/32, 10.0.0.1, 10.0.0.1, 1",
        "0.0.0.0/0, 0.0.0.0, 255.255.255.255, 4294967296",
        "2001:db8::99/120, 2001:db8::, 2001:db8::ff, 256",
        "2001:db8::/64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff, 9223372036854775807",
        "2001:db8::/40, 2001:db8::, 2001:db8:ff:ffff:ffff:ffff:ffff:ffff, 9223372036854775807",
        "::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 9223372036854775807",
    })
    void spansFromFirstToLast(String text, String first, String last, long size) {
        IpPrefix prefix = IpPrefix.parse(text);

        assertThat(prefix.range())
                .isEqualTo(new IpRange(IpAddress.parse(first), IpAddress.parse(last)));
        assertThat(prefix.range().size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/08", "/8"})
    void refusesWhatIsNoPrefix(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parse(text));
    }

    @Test
    void containsOnlyItsOwnFamily() {
        IpPrefix everything = IpPrefix.parse("::/0");

        assertThat(everything.contains(IpAddress.parse("2001:db8::1"))).isTrue();
        assertThat(everything.contains(IpAddress.parse("192.0.2.1"))).isFalse();
    }

    @Test
    void rangesOfTwoFamiliesNeverOverlap() {
        assertThat(IpPrefix.parse("::/0").range().overlaps(IpPrefix.parse("0.0.0.0/0").range()))
                .isFalse();
    }
}

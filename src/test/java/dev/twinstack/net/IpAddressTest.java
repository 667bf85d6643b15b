package dev.twinstack.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.1.240, 192.168.1.240",
        "0.0.0.0, 0.0.0.0",
        "2001:DB8:0:0::1, 2001:db8::1",
        "::, ::",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    })
    void parsesAndPrintsCanonically(String text, String canonical) {
        IpAddress address = IpAddress.parse(text);

        assertThat(IpAddress.parse(canonical)).isEqualTo(address);
        assertThat(IpAddress.of(address.octets())).isEqualTo(address);
        assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "192.168.1",
                "010.0.0.1",
                "1.2.3.4/32",
                "1.2.3.4 ",
                "fe80::1%eth0",
                "1.2.3.*",
                "1.2.3.1-4",
                "0x1.2.3.4",
                "3232235777",
                "::g",
                "1:2:3:4:5:6:7",
                "a-b",
                "*"
            })
    void refusesWhatGoRefuses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.parse(text));
    }

    @Test
    void countsOverTheMiddleOfAnIpv6Address() {
        IpAddress below = IpAddress.parse("2001:db8::ffff:ffff:ffff:ffff");

        assertThat(below.next()).hasToString("2001:db8:0:1::");
        assertThat(below.next().previous()).isEqualTo(below);
        assertThat(below.next().distanceFrom(below)).isEqualTo(1);
    }

    @Test
    void endsWhereTheFamilyEnds() {
        assertThatThrownBy(() -> IpAddress.parse("255.255.255.255").next())
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> IpAddress.parse("::").previous())
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void ordersAddressesWithTheHighestBitSetAsUnsigned() {
        assertThat(IpAddress.parse("8000::")).isGreaterThan(IpAddress.parse("7fff::"));
        assertThat(IpAddress.parse("200.0.0.1")).isGreaterThan(IpAddress.parse("100.0.0.1"));
    }
}

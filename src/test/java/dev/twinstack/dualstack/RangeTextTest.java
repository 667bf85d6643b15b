package dev.twinstack.dualstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"fd01::/64", "2001:db8:50::/56", "fd98::/108"})
    void goodRangesAreTaken(String text) {
        assertThat(RangeText.judge(text, IpFamily.IPV6).range()).contains(IpPrefix.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "::/0|::/0 is every address there is",
                "fe80::/64|fe80::/64 is link-local, good on one link only",
                "ff02::/16|ff02::/16 is multicast",
                "::ffff:10.0.0.0/112|::ffff:10.0.0.0/112 is IPv4-mapped, which no packet carries",
                "::1/128|::1/128 is reserved for the host itself",
                "10.1.0.0/16|10.1.0.0/16 is IPv4, an IPv6 range is wanted",
                "fd01::1/64|fd01::1/64 has bits set behind its length; write fd01::/64",
                "fd01::|invalid CIDR \"fd01::\": no '/'",
                "fd01::/129|invalid CIDR \"fd01::/129\": prefix length over 128",
                "fd01::/064|invalid CIDR \"fd01::/064\": bad prefix length",
                "fd01:::/64|invalid IP address \"fd01:::\"",
                "''|invalid CIDR \"\": no '/'",
                "fd01::2-fd01::1|range fd01::2-fd01::1 ends before it starts; a prefix like"
                        + " fd01::/64 is wanted",
                "fd01::1-fd01::2|fd01::1-fd01::2 is a range from address to address, a prefix like"
                        + " fd01::/64 is wanted",
                "fd01::1-10.0.0.1|range fd01::1-10.0.0.1 mixes IPv4 and IPv6; a prefix like"
                        + " fd01::/64 is wanted"
            })
    void badRangesAreAnsweredWithWhatIsWrong(String text, String fault) {
        RangeText.Judgement judgement = RangeText.judge(text, IpFamily.IPV6);

        assertThat(judgement.range()).isEmpty();
        assertThat(judgement.fault()).isEqualTo(fault);
    }
}

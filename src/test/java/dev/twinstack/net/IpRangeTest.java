package dev.twinstack.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpRangeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.0|192.0.2.255|192.0.2.0/24",
                "192.0.2.7|192.0.2.7|192.0.2.7/32",
                "192.0.2.1|192.0.2.6|192.0.2.1/32, 192.0.2.2/31, 192.0.2.4/31, 192.0.2.6/32",
                "0.0.0.0|255.255.255.255|0.0.0.0/0",
                "255.255.255.254|255.255.255.255|255.255.255.254/31",
                "::|ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff|::/0",
                "2001:db8::ffff:ffff:ffff:fffe|2001:db8:0:1::1"
                        + "|2001:db8::ffff:ffff:ffff:fffe/127, 2001:db8:0:1::/127"
            })
    void splitsIntoTheFewestPrefixes(String first, String last, String prefixes) {
        IpRange range = new IpRange(IpAddress.parse(first), IpAddress.parse(last));

        assertThat(range.prefixes())
                .extracting(IpPrefix::toString)
                .containsExactly(prefixes.split(", "));
    }
}

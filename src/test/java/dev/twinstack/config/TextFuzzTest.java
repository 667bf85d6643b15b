package dev.twinstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts of addresses, prefixes and ranges are read or refused, and what was read is written so
/// that it is read again as the same. A normal test run feeds the seeds.
class TextFuzzTest {

    static Stream<byte[]> texts() {
        return Stream.of(
                        "",
                        "-",
                        "/",
                        "10.0.0.1",
                        "010.0.0.1",
                        "::",
                        "::ffff:1.2.3.4",
                        "1:2:3:4:5:6:7:8",
                        "1::2::3",
                        "fe80::1%eth0",
                        "10.0.0.0/8",
                        "10.0.0.0/-1",
                        "0.0.0.0/0",
                        "::/0",
                        "2001:db8::/999999999999",
                        "10.0.0.1-10.0.0.9",
                        "10.0.0.9 - 10.0.0.1",
                        "10.0.0.1-::1",
                        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "1m")
    void address(byte[] octets) {
        readWriteRead(octets, IpAddress::parse);
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "1m")
    void prefix(byte[] octets) {
        readWriteRead(octets, IpPrefix::parse);
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "1m")
    void range(byte[] octets) {
        try {
            IpRange range = RangeText.parse(new String(octets, StandardCharsets.UTF_8));
            assertThat(range.size()).isPositive();
            assertThat(range.prefixes().getFirst().first()).isEqualTo(range.first());
            assertThat(RangeText.parse(range.first() + "-" + range.last())).isEqualTo(range);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("is no range of addresses");
        }
    }

    private static <T> void readWriteRead(byte[] octets, Function<String, T> parser) {
        T read;
        try {
            read = parser.apply(new String(octets, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotEmpty();
            return;
        }
        assertThat(parser.apply(String.valueOf(read))).isEqualTo(read);
    }
}

package dev.twinstack.allocation;

import static dev.twinstack.allocation.TestRequests.addresses;
import static dev.twinstack.allocation.TestRequests.allocator;
import static dev.twinstack.allocation.TestRequests.excluding;
import static dev.twinstack.allocation.TestRequests.give;
import static dev.twinstack.allocation.TestRequests.ipv4;
import static dev.twinstack.allocation.TestRequests.needsBoth;
import static dev.twinstack.allocation.TestRequests.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPartTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.1.0,    192.168.1.255,    0.0.0.7,   192.168.1.7",
        "192.168.1.0,    192.168.1.255,    0.0.1.7,   192.168.1.7",
        "192.168.1.0,    192.168.1.255,    0.0.2.7,   ",
        "192.168.1.128,  192.168.1.255,    0.0.0.7,   192.168.1.135",
        "192.168.1.128,  192.168.1.255,    0.0.0.200, 192.168.1.200",
        "192.168.1.240,  192.168.1.250,    0.0.0.245, 192.168.1.245",
        "192.168.1.240,  192.168.1.250,    0.0.0.5,   ",
        "192.168.1.7,    192.168.1.7,      0.0.0.7,   192.168.1.7",
        "10.0.0.0,       10.0.255.255,     0.0.1.7,   10.0.1.7",
        "2001:db8::,     2001:db8::ffff:ffff:ffff:ffff, ::1:53, 2001:db8::1:53",
        "2001:db8::1:0,  2001:db8::1:ffff, ::1:53,    2001:db8::1:53",
        "2001:db8::1:0,  2001:db8::1:ffff, ::53,      2001:db8::1:53",
        "2001:db8::1:0,  2001:db8::1:ffff, ::2:53,    ",
        "2001:db8::10,   2001:db8::20,     ::18,      2001:db8::18",
    })
    void theAddressOfARangeWithAHostPart(String first, String last, String part, String expected) {
        IpRange range = new IpRange(IpAddress.parse(first), IpAddress.parse(last));

        assertThat(HostPart.in(range, IpAddress.parse(part)))
                .isEqualTo(expected == null ? null : IpAddress.parse(expected));
    }

    @Test
    void aServiceNamesTheEndsOfItsAddressesAndTheFirstPoolThatHasThemGivesThem() {
        Allocator allocator =
                allocator(
                        pool("a", "10.0.0.0/30", "2001:db8:a::/64"),
                        pool("b", "10.1.0.0/24", "10.2.0.0/24", "2001:db8:b::/64"));
        AddressRequest request =
                needsBoth("dns").withWanted(addresses("0.0.0.53", "::1:53")).withHostParts(true);

        Decision decision = give(allocator, request);

        assertThat(decision.addresses()).isEqualTo(addresses("10.1.0.53", "2001:db8:b::1:53"));
        assertThat(allocator.decide(request.withHeld(decision.addresses())).addresses())
                .isEqualTo(decision.addresses());
        assertThat(text(allocator, ipv4("b").withWanted(addresses("0.0.0.53")).withHostParts(true)))
                .isEqualTo("address 10.1.0.53 is taken: demo/dns does not share it");
        assertThat(text(allocator, request.withPool("a")))
                .isEqualTo("pool a has no addresses with the host parts 0.0.0.53 and ::1:53");
    }

    @Test
    void anExcludedAddressIsPassedOver() {
        Allocator allocator =
                allocator(
                        pool("lan", "10.1.0.0/24", "10.2.0.0/24")
                                .withPolicy(excluding("10.1.0.53/32")));

        assertThat(
                        give(
                                        allocator,
                                        ipv4("dns")
                                                .withWanted(addresses("0.0.0.53"))
                                                .withHostParts(true))
                                .addresses())
                .isEqualTo(addresses("10.2.0.53"));
    }

    @Test
    void aRangeThatIsAPrefixHasThatPrefix() {
        for (int length = 1; length < 32; length++) {
            IpAddress first = IpAddress.parse("10.0.0.0");
            IpRange range = new IpPrefix(first, length).range();

            assertThat(HostPart.prefixLength(range)).isEqualTo(length);
        }
    }

    private static String text(Allocator allocator, AddressRequest request) {
        return ((Decision.Refused) allocator.decide(request)).reason().text();
    }
}

package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalInterfacesTest {

    @Test
    void addressesThatWillNotStayAreTold() {
        assertThat(
                        LocalInterfaces.fleeting(
                                List.of(
                                        "00000000000000000000000000000001 01 80 10 80       lo",
                                        "20010db8000000000000000000000010 02 40 00 80     eth0",
                                        "20010db8000000000000000000000011 02 40 00 01     eth0",
                                        "20010db8000000000000000000000012 02 40 00 20     eth0",
                                        "20010db8000000000000000000000013 02 40 00 c0     eth0")))
                .containsExactlyInAnyOrder(
                        IpAddress.parse("2001:db8::11"),
                        IpAddress.parse("2001:db8::12"),
                        IpAddress.parse("2001:db8::13"));
    }

    @Test
    void onlyTheInterfaceOfAnOwnAddressCounts() {
        assertThat(LocalInterfaces.beside(List.of(IpAddress.parse("127.0.0.1"))))
                .contains(IpAddress.parse("127.0.0.1"))
                .allMatch(IpAddress::isLoopback);
        assertThat(LocalInterfaces.beside(List.of())).isEmpty();
    }
}

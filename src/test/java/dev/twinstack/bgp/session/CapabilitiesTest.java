package dev.twinstack.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.CapabilityStatus;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.Capability;
import dev.twinstack.bgp.wire.FourOctetAsCapability;
import dev.twinstack.bgp.wire.GracefulRestartCapability;
import dev.twinstack.bgp.wire.MultiprotocolCapability;
import dev.twinstack.bgp.wire.Octets;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RouteRefreshCapability;
import dev.twinstack.bgp.wire.UnknownCapability;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {

    @Test
    void saysWhoNamedWhat() {
        // Given
        OpenMessage ours =
                open(
                        new MultiprotocolCapability(AddressFamily.IPV4_UNICAST),
                        new MultiprotocolCapability(AddressFamily.IPV6_UNICAST),
                        new GracefulRestartCapability(
                                false, true, Duration.ofSeconds(90), List.of()));
        OpenMessage theirs =
                open(
                        new MultiprotocolCapability(AddressFamily.IPV4_UNICAST),
                        new RouteRefreshCapability(),
                        new FourOctetAsCapability(new Asn(64500)),
                        new GracefulRestartCapability(
                                false, false, Duration.ofMinutes(2), List.of()));

        // When
        List<CapabilityStatus> statuses = Capabilities.compare(ours, theirs);

        // Then
        assertThat(statuses)
                .containsExactly(
                        status("IPv4 unicast", true, true, ""),
                        status("IPv6 unicast", true, false, ""),
                        status("graceful restart", true, true, "120 s"),
                        status("route refresh", false, true, ""),
                        status("AS numbers of four octets", false, true, "64500"));
    }

    @Test
    void aHostileOpenMakesNoLongList() {
        Capability[] many =
                IntStream.range(100, 250)
                        .mapToObj(code -> new UnknownCapability(code, Octets.EMPTY))
                        .toArray(Capability[]::new);

        assertThat(Capabilities.compare(open(), open(many))).hasSize(64);
    }

    private static CapabilityStatus status(
            String name, boolean offered, boolean answered, String detail) {
        return new CapabilityStatus(
                name,
                offered,
                answered,
                offered && answered,
                Optional.of(detail).filter(text -> !text.isEmpty()));
    }

    private static OpenMessage open(Capability... capabilities) {
        return OpenMessage.of(
                new Asn(64500),
                Duration.ofSeconds(9),
                IpAddress.parse("192.0.2.1"),
                List.of(capabilities));
    }
}

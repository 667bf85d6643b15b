package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.Refusal;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.allocation.Sharing;
import dev.twinstack.net.IpAddress;
import dev.twinstack.operator.ServiceEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The words are those that MetalLB's users look for.
class ServiceEventTest {

    private static final ServiceKey WEB = new ServiceKey("default", "web");
    private static final IpAddress V4 = IpAddress.parse("192.0.2.1");
    private static final IpAddress V6 = IpAddress.parse("2001:db8::1");

    @Test
    void twoNewAddresses() {
        assertThat(ServiceEvent.of(assigned(List.of(V4, V6), List.of(V4, V6))))
                .containsExactly(
                        normal("IPAllocated", "Assigned IP [\"192.0.2.1\" \"2001:db8::1\"]"));
    }

    @Test
    void oneMoreAddress() {
        assertThat(ServiceEvent.of(assigned(List.of(V4, V6), List.of(V6))))
                .containsExactly(normal("IPAllocated", "Assigned additional IP \"2001:db8::1\""));
    }

    @Test
    void nothingNew() {
        assertThat(ServiceEvent.of(assigned(List.of(V4), List.of()))).isEmpty();
    }

    @Test
    void aRefusalAfterAnAddressHadToGo() {
        // Given a Service whose pool is gone
        Decision.Refused refused =
                new Decision.Refused(
                        WEB,
                        new Refusal.NoPools(),
                        "",
                        List.of(),
                        Sharing.NONE,
                        Optional.of(new Refusal.NotInPool(V4, "192.0.2.1 is in no pool")),
                        Set.of());

        // When, Then
        assertThat(ServiceEvent.of(refused))
                .containsExactly(
                        normal(
                                "ClearAssignment",
                                "current IP for \"default/web\" not allowed by config, will"
                                        + " attempt for new IP assignment: 192.0.2.1 is in no"
                                        + " pool"),
                        new ServiceEvent(
                                "AllocationFailed",
                                ServiceEvent.Type.WARNING,
                                "Failed to allocate IP for \"default/web\": there is no address"
                                        + " pool"));
    }

    private static Decision assigned(List<IpAddress> addresses, List<IpAddress> added) {
        return new Decision.Assigned(
                WEB,
                "lan",
                addresses,
                added,
                Sharing.NONE,
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    private static ServiceEvent normal(String reason, String text) {
        return new ServiceEvent(reason, ServiceEvent.Type.NORMAL, text);
    }
}

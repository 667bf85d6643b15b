package dev.twinstack.operator.speaker;

import static dev.twinstack.net.IpFamily.IPV4;
import static dev.twinstack.net.IpFamily.IPV6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeAddressesTest {

    private static final String NODE = "node-1";
    private static final IpAddress V4 = IpAddress.parse("192.0.2.10");
    private static final IpAddress V6 = IpAddress.parse("2001:db8::10");
    private static final IpAddress OTHER6 = IpAddress.parse("2001:db8::11");

    @Test
    void aFamilyWithoutAnAddressHasNone() {
        assertThat(NodeAddresses.of(NODE, List.of("192.0.2.10"), List.of(V4)).byFamily())
                .isEqualTo(Map.of(IPV4, V4));
    }

    @Test
    void anAddressIsKeptWhileItIsThere() {
        NodeAddresses first = NodeAddresses.of(NODE, List.of("192.0.2.10"), List.of(V4, V6));

        NodeAddresses later = first.next(NODE, List.of("192.0.2.10"), List.of(OTHER6, V4, V6));

        assertThat(later).isEqualTo(first);
        assertThat(later.next(NODE, List.of("192.0.2.10"), List.of(OTHER6, V4)).byFamily())
                .isEqualTo(Map.of(IPV4, V4, IPV6, OTHER6));
    }

    @Test
    void anInternalAddressBeatsOneBesideIt() {
        NodeAddresses first = NodeAddresses.of(NODE, List.of("192.0.2.10"), List.of(OTHER6));

        NodeAddresses later =
                first.next(NODE, List.of("192.0.2.10", "2001:db8::10"), List.of(OTHER6));

        assertThat(later.byFamily()).containsEntry(IPV6, V6);
    }

    @Test
    void theRouterIdIsKeptWhileItIsRight() {
        NodeAddresses named = NodeAddresses.of(NODE, List.of("2001:db8::10"), List.of());

        NodeAddresses later = named.next(NODE, List.of("2001:db8::10", "192.0.2.10"), List.of());

        assertThat(later.byFamily()).containsEntry(IPV4, V4);
        assertThat(later.routerId()).isEqualTo(named.routerId());

        NodeAddresses first = NodeAddresses.of(NODE, List.of("192.0.2.10"), List.of());
        assertThat(first.routerId()).isEqualTo(V4);
        assertThat(first.next(NODE, List.of("192.0.2.9", "192.0.2.10"), List.of()))
                .isEqualTo(first);
        assertThat(first.next(NODE, List.of("192.0.2.9"), List.of()).routerId())
                .isEqualTo(IpAddress.parse("192.0.2.9"));
    }

    @Test
    void aNodeWithoutAddressesChangesNothing() {
        NodeAddresses first = NodeAddresses.of(NODE, List.of("192.0.2.10"), List.of(V6));

        assertThat(first.next(NODE, List.of(), List.of())).isEqualTo(first);
    }
}

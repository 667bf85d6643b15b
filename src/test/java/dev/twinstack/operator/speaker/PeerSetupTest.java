package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.config.Peer;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerSetupTest {

    private static final NodeAddresses DUAL =
            NodeAddresses.of("node-1", List.of("192.0.2.10", "2001:db8::10"), List.of());

    @Test
    void bothFamiliesAreOfferedWithTheNodesAddressesAsNextHops() {
        PeerSettings settings = settings(Peers.at("tor", "192.0.2.1"), DUAL);

        assertThat(settings)
                .isEqualTo(
                        PeerSettings.builder("tor", IpAddress.parse("192.0.2.1"))
                                .localAsn(new Asn(64512))
                                .peerAsn(PeerAsn.exactly(64512))
                                .routerId(IpAddress.parse("192.0.2.10"))
                                .nextHop(IpAddress.parse("192.0.2.10"))
                                .nextHop(IpAddress.parse("2001:db8::10"))
                                .build());
        assertThat(settings.families()).containsExactly(IpFamily.IPV4, IpFamily.IPV6);
    }

    @Test
    void withoutAnIpv4AddressTheRouterIdIsMadeFromTheNodesName() {
        NodeAddresses first = NodeAddresses.of("node-1", List.of("2001:db8::1"), List.of());
        NodeAddresses second = NodeAddresses.of("node-2", List.of("2001:db8::2"), List.of());
        Peer tor = Peers.at("tor", "2001:db8::ff");

        IpAddress id = settings(tor, first).routerId();

        assertThat(id.family()).isEqualTo(IpFamily.IPV4);
        assertThat(id.isUnspecified()).isFalse();
        assertThat(settings(tor, first).routerId()).isEqualTo(id);
        assertThat(settings(tor, second).routerId()).isNotEqualTo(id);
    }

    @Test
    void aPeerThatCannotBeSetUpIsNamedAndTheOthersGoOn() {
        Peer unnumbered = Peers.on("fabric", new Peer.Endpoint.Interface("eth0"));

        PeerSetup setup = PeerSetup.of(List.of(unnumbered, Peers.at("tor", "192.0.2.1")), DUAL);

        assertThat(setup.settings()).extracting(PeerSettings::name).containsExactly("tor");
        assertThat(setup.problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.peer()).isEqualTo("fabric");
                    assertThat(problem.reason()).contains("eth0");
                });
    }

    @Test
    void internalAddressesComeBeforeThoseOfInterfacesAndOnlyUsableOnesCount() {
        NodeAddresses addresses =
                NodeAddresses.of(
                        "node",
                        List.of("node.example", "192.0.2.10", "192.0.2.11"),
                        List.of(
                                IpAddress.parse("::1"),
                                IpAddress.parse("fe80::1"),
                                IpAddress.parse("198.51.100.1"),
                                IpAddress.parse("2001:db8::10"),
                                IpAddress.parse("2001:db8::11")));

        assertThat(addresses.byFamily())
                .isEqualTo(
                        Map.of(
                                IpFamily.IPV4, IpAddress.parse("192.0.2.10"),
                                IpFamily.IPV6, IpAddress.parse("2001:db8::10")));
    }

    @Test
    void metalLbsSwitchesForFamiliesKeepTheirMeaning() {
        assertThat(families(false, false)).containsExactly(IpFamily.IPV4, IpFamily.IPV6);
        assertThat(families(true, false)).containsExactly(IpFamily.IPV6);
        assertThat(families(true, true)).containsExactly(IpFamily.IPV4, IpFamily.IPV6);
        assertThat(families(false, true)).containsExactly(IpFamily.IPV4, IpFamily.IPV6);
    }

    private static Set<IpFamily> families(boolean disableMp, boolean dualStack) {
        Peer peer = Peers.withFamilySwitches("2001:db8::ff", disableMp, dualStack);
        return settings(peer, DUAL).families();
    }

    private static PeerSettings settings(Peer peer, NodeAddresses addresses) {
        PeerSetup setup = PeerSetup.of(List.of(peer), addresses);
        assertThat(setup.problems()).isEmpty();
        return setup.settings().getFirst();
    }
}

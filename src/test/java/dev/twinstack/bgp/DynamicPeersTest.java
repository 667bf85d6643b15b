package dev.twinstack.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DynamicPeersTest {

    private static final IpAddress CALLER = IpAddress.parse("10.1.0.7");

    private final PeerSettings tor =
            peer("tor", "10.9.0.1").acceptFrom(from("10.1.0.0/24")).build();
    private final DynamicPeers dynamic = new DynamicPeers();

    @Test
    void aCallerGetsTheSettingsOfThePeerWithItsPrefix() {
        PeerSettings other = peer("other", "10.9.0.2").acceptFrom(from("10.2.0.0/24")).build();

        PeerSettings guest = dynamic.admit(CALLER, List.of(other, tor)).orElseThrow();

        assertThat(guest.name()).isEqualTo("tor@10.1.0.7");
        assertThat(guest.address()).isEqualTo(CALLER);
        assertThat(guest.passive()).isTrue();
        assertThat(guest.acceptFrom()).isEmpty();
        assertThat(dynamic.guests("tor")).containsExactly("tor@10.1.0.7");
    }

    @Test
    void aCallerFromElsewhereGetsNone() {
        assertThat(dynamic.admit(IpAddress.parse("10.1.1.7"), List.of(tor))).isEmpty();
    }

    @Test
    void itsSettingsFollowThePeers() {
        PeerSettings guest = dynamic.admit(CALLER, List.of(tor)).orElseThrow();
        PeerSettings changed =
                peer("tor", "10.9.0.1").acceptFrom(from("10.1.0.0/16")).med(7).build();

        assertThat(dynamic.settings(guest, Map.of("tor", changed)))
                .hasValueSatisfying(now -> assertThat(now.export().med()).hasValue(7));
    }

    @Test
    void itHasToGoWithItsPrefixAndWhenItIsConfiguredItself() {
        PeerSettings guest = dynamic.admit(CALLER, List.of(tor)).orElseThrow();
        PeerSettings narrower = peer("tor", "10.9.0.1").acceptFrom(from("10.1.0.0/30")).build();
        PeerSettings itself = peer("it", "10.1.0.7").build();

        assertThat(dynamic.settings(guest, Map.of("tor", narrower))).isEmpty();
        assertThat(dynamic.settings(guest, Map.of())).isEmpty();
        assertThat(dynamic.settings(guest, Map.of("tor", tor, "it", itself))).isEmpty();
    }

    private static AcceptFrom from(String prefix) {
        return new AcceptFrom(Set.of(IpPrefix.parse(prefix)), 2);
    }

    private static PeerSettingsBuilder peer(String name, String address) {
        return PeerSettings.builder(name, IpAddress.parse(address))
                .localAsn(new Asn(64512))
                .peerAsn(PeerAsn.exactly(64500))
                .routerId(IpAddress.parse("192.0.2.2"));
    }
}

package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.PeerSettingsBuilder;
import dev.twinstack.config.BfdProfile;
import dev.twinstack.config.Peer;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BfdSetupTest {

    private static final Map<String, BfdProfile> PROFILES =
            Map.of("fast", profile("fast", 20, 50, false), "echo", profile("echo", 300, 300, true));

    private final List<Peer> peers = new ArrayList<>();
    private final List<PeerSettings> settings = new ArrayList<>();
    private boolean onLink = true;

    @Test
    void aPeerWithAProfileHasASessionWithItsTimers() {
        peer("tor", "fast", external("tor", "192.0.2.1"));
        peer("plain", "", external("plain", "192.0.2.2"));

        BfdSetup setup = setup();

        assertThat(setup.sessions().values())
                .containsExactly(
                        new BfdSettings(
                                BfdPath.to(IpAddress.parse("192.0.2.1")),
                                Duration.ofMillis(20),
                                Duration.ofMillis(50),
                                4,
                                Optional.empty(),
                                true,
                                250,
                                Optional.empty()));
        assertThat(setup.peers().values()).containsExactly(Set.of("tor"));
        assertThat(setup.problems()).isEmpty();
    }

    @Test
    void theSourceAddressIsTheSessionsToo() {
        peer(
                "tor",
                "fast",
                external("tor", "192.0.2.1").sourceAddress(IpAddress.parse("192.0.2.9")));

        assertThat(path().local()).contains(IpAddress.parse("192.0.2.9"));
    }

    @Test
    void anExternalPeerIsDirectUnlessSaidOtherwise() {
        onLink = false;
        peer("tor", "fast", external("tor", "192.0.2.1"));

        assertThat(path().multihop()).isFalse();
    }

    @Test
    void anExternalPeerFarAwayHasMultihop() {
        far("tor", "echo", external("tor", "192.0.2.1"));

        assertThat(path().multihop()).isTrue();
        assertThat(session().echo()).isEmpty();
    }

    @Test
    void anInternalPeerHasMultihopUnlessItIsOnALink() {
        peer("tor", "echo", internal("tor", "192.0.2.1"));
        assertThat(path().multihop()).isFalse();
        assertThat(session().echo()).contains(Duration.ofMillis(40));

        onLink = false;

        assertThat(path().multihop()).isTrue();
    }

    @Test
    void peersOfOneAddressShareASession() {
        peer("one", "fast", external("one", "192.0.2.1"));
        peer("two", "echo", external("two", "192.0.2.1").port(1179));

        assertThat(setup().sessions()).hasSize(1);
        assertThat(setup().peers().values()).containsExactly(Set.of("one", "two"));
        assertThat(setup().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("another BFD profile"));
    }

    private BfdPath path() {
        return session().path();
    }

    private BfdSettings session() {
        return setup().sessions().values().iterator().next();
    }

    private BfdSetup setup() {
        return BfdSetup.of(settings, peers, PROFILES, _ -> onLink);
    }

    private void peer(String name, String profile, PeerSettingsBuilder builder) {
        Optional<String> named = Optional.of(profile).filter(text -> !text.isEmpty());
        peers.add(Peers.withBfd(name, named, false));
        settings.add(builder.build());
    }

    private void far(String name, String profile, PeerSettingsBuilder builder) {
        peers.add(Peers.withBfd(name, Optional.of(profile), true));
        settings.add(builder.build());
    }

    private static PeerSettingsBuilder external(String name, String address) {
        return PeerSettings.builder(name, IpAddress.parse(address))
                .localAsn(new Asn(64512))
                .peerAsn(PeerAsn.exactly(64500))
                .routerId(IpAddress.parse("192.0.2.10"));
    }

    private static PeerSettingsBuilder internal(String name, String address) {
        return external(name, address).peerAsn(PeerAsn.exactly(64512));
    }

    private static BfdProfile profile(String name, int transmit, int receive, boolean echo) {
        return new BfdProfile(
                name,
                Duration.ofMillis(receive),
                Duration.ofMillis(transmit),
                Duration.ofMillis(40),
                4,
                echo,
                true,
                250);
    }
}

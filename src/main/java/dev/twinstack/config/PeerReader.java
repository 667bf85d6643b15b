package dev.twinstack.config;

import dev.twinstack.bgp.Password;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.config.Peer.Endpoint;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.BGPPeerSpec;
import dev.twinstack.crd.DynamicAsn;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.selector.LabelSelector;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One BGPPeer.
final class PeerReader {

    private static final int BGP_PORT = 179;

    private final PeerPassword passwords;
    private final Set<String> bfdProfiles;
    private final Problems problems;

    PeerReader(PeerPassword passwords, Set<String> bfdProfiles, Problems problems) {
        this.passwords = passwords;
        this.bfdProfiles = bfdProfiles;
        this.problems = problems;
    }

    Optional<Peer> read(BGPPeer object) {
        BGPPeerSpec spec = object.getSpec();
        if (spec == null) {
            problems.invalid("spec", "is missing");
            return Optional.empty();
        }
        Optional<Asn> myAsn = myAsn(spec.myASN());
        Optional<PeerAsn> peerAsn = peerAsn(spec);
        Optional<Endpoint> endpoint = endpoint(spec);
        Optional<Asn> localAsn = asn("spec.localASN", spec.localASN());
        Optional<IpAddress> source = source(spec.sourceAddress(), endpoint);
        Optional<IpAddress> routerId = address("spec.routerID", spec.routerID());
        Optional<Password> password = passwords.read(spec, problems);
        Peer.Timers timers = new PeerTimers(problems).read(spec);
        List<LabelSelector> nodes =
                Selectors.list(problems, "spec.nodeSelectors", spec.nodeSelectors());
        checkMultiHop(spec);
        Optional<String> bfdProfile = bfdProfile(spec.bfdProfile());
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Peer(
                        object.getMetadata().getName(),
                        myAsn.orElseThrow(),
                        peerAsn.orElseThrow(),
                        localAsn,
                        endpoint.orElseThrow(),
                        source,
                        spec.peerPort() == null || spec.peerPort() == 0
                                ? BGP_PORT
                                : spec.peerPort(),
                        timers,
                        routerId.filter(id -> id.family() == IpFamily.IPV4),
                        nodes,
                        password,
                        bfdProfile,
                        Objects.equals(spec.enableGracefulRestart(), true),
                        spec.ebgpMultiHop(),
                        written(spec.vrf()),
                        spec.disableMP(),
                        spec.dualStackAddressFamily()));
    }

    private Optional<Asn> myAsn(long number) {
        Optional<Asn> asn = asn("spec.myASN", number);
        if (number == 0) {
            problems.invalid("spec.myASN", "our AS number is missing");
        }
        return asn;
    }

    private Optional<PeerAsn> peerAsn(BGPPeerSpec spec) {
        Optional<Asn> number = asn("spec.peerASN", spec.peerASN());
        DynamicAsn dynamic = spec.dynamicASN();
        if (number.isPresent() && dynamic != null) {
            problems.invalid("spec.dynamicASN", "peerASN is given too: only one of them can be");
            return Optional.empty();
        }
        if (dynamic != null) {
            return Optional.of(
                    switch (dynamic) {
                        case INTERNAL -> new PeerAsn.Internal();
                        case EXTERNAL -> new PeerAsn.External();
                    });
        }
        if (number.isEmpty()) {
            problems.invalid("spec.peerASN", "one of peerASN and dynamicASN is needed");
        }
        return number.map(PeerAsn.Exactly::new);
    }

    private Optional<Endpoint> endpoint(BGPPeerSpec spec) {
        Optional<String> address = written(spec.peerAddress());
        Optional<String> behind = written(spec.interfaceName());
        if (address.isPresent() && behind.isPresent()) {
            problems.invalid("spec.interface", "peerAddress is given too: only one of them can be");
            return Optional.empty();
        }
        if (behind.isPresent()) {
            return behind.map(Endpoint.Interface::new);
        }
        if (address.isEmpty()) {
            problems.invalid("spec.peerAddress", "one of peerAddress and interface is needed");
        }
        return address("spec.peerAddress", spec.peerAddress()).map(Endpoint.Address::new);
    }

    private Optional<IpAddress> source(@Nullable String text, Optional<Endpoint> endpoint) {
        Optional<IpAddress> source = address("spec.sourceAddress", text);
        if (source.isPresent()
                && endpoint.orElse(null) instanceof Endpoint.Address(IpAddress address)
                && address.family() != source.get().family()) {
            problems.invalid(
                    "spec.sourceAddress",
                    "%s can't reach %s: they are of two families".formatted(source.get(), address));
        }
        return source;
    }

    private void checkMultiHop(BGPPeerSpec spec) {
        boolean internal =
                spec.dynamicASN() == DynamicAsn.INTERNAL
                        || Objects.equals(spec.peerASN(), spec.myASN());
        if (spec.ebgpMultiHop() && internal) {
            problems.invalid("spec.ebgpMultiHop", "this is an iBGP peer");
        }
    }

    private Optional<String> bfdProfile(@Nullable String name) {
        Optional<String> profile = written(name);
        if (profile.isPresent() && !bfdProfiles.contains(profile.get())) {
            problems.missing("spec.bfdProfile", "there is no BFDProfile " + profile.get());
        }
        return profile;
    }

    private Optional<IpAddress> address(String path, @Nullable String text) {
        return written(text)
                .flatMap(address -> problems.read(path, () -> IpAddress.parse(address)));
    }

    /// 0 is no AS number (RFC 7607): it counts as not written.
    private Optional<Asn> asn(String path, @Nullable Long number) {
        if (number == null || number == 0) {
            return Optional.empty();
        }
        return problems.read(path, () -> new Asn(number));
    }

    private static Optional<String> written(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }
}

package dev.twinstack.operator.speaker;

import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.config.BfdProfile;
import dev.twinstack.config.Peer;
import dev.twinstack.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The BFD sessions of this node: one for each path to peers with a profile.
///
/// @param peers who relies on each path
/// @param problems what is not as the configuration wants it, one line each
record BfdSetup(
        Map<BfdPath, BfdSettings> sessions,
        Map<BfdPath, Set<String>> peers,
        List<PeerSetup.Problem> problems) {

    /// The path of a peer of another AS is a direct one unless it has `ebgpMultiHop`, that of our
    /// own AS if the peer is on one of the node's links: as FRR decides it.
    ///
    /// @param settings of the BGP sessions that there are
    /// @param isOnLink whether an address is in a prefix of one of the node's interfaces
    static BfdSetup of(
            List<PeerSettings> settings,
            List<Peer> peers,
            Map<String, BfdProfile> profiles,
            Predicate<IpAddress> isOnLink) {
        Map<String, Peer> byName = new HashMap<>();
        peers.forEach(peer -> byName.put(peer.name(), peer));
        BfdSetup setup =
                new BfdSetup(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        for (PeerSettings peer : settings) {
            Optional.ofNullable(byName.get(peer.name()))
                    .ifPresent(configured ->
                            configured
                                    .bfdProfile()
                                    .map(profiles::get)
                                    .ifPresent(profile ->
                                            setup.add(
                                                    peer,
                                                    configured.ebgpMultiHop(),
                                                    profile,
                                                    isOnLink)));
        }
        return setup;
    }

    private void add(
            PeerSettings peer,
            boolean ebgpMultiHop,
            BfdProfile profile,
            Predicate<IpAddress> isOnLink) {
        boolean isFar = ebgpMultiHop || (peer.isSurelyInternal() && !isOnLink.test(peer.address()));
        try {
            BfdPath path =
                    new BfdPath(
                            peer.address(),
                            peer.sourceAddress(),
                            Optional.empty(),
                            isFar && !peer.address().isLinkLocal());
            BfdSettings wanted = settings(path, profile);
            BfdSettings present = sessions.putIfAbsent(path, wanted);
            if (present != null && !present.equals(wanted)) {
                problems.add(
                        new PeerSetup.Problem(
                                peer.name(),
                                "another BGPPeer of the same address has another BFD profile, which counts"
                                        + " for both: give both the same"));
            }
            peers.computeIfAbsent(path, _ -> new LinkedHashSet<>()).add(peer.name());
        } catch (IllegalArgumentException e) {
            problems.add(new PeerSetup.Problem(peer.name(), String.valueOf(e.getMessage())));
        }
    }

    /// Echo is for direct neighbours alone (RFC 5883 section 3); over several hops it is left out.
    private static BfdSettings settings(BfdPath path, BfdProfile profile) {
        return new BfdSettings(
                path,
                profile.transmitInterval(),
                profile.receiveInterval(),
                profile.detectMultiplier(),
                profile.echoMode() && !path.multihop()
                        ? Optional.of(profile.echoInterval())
                        : Optional.empty(),
                profile.passiveMode(),
                profile.minimumTtl(),
                Optional.empty());
    }
}

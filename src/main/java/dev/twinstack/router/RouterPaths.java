package dev.twinstack.router;

import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads which peers' paths are watched with BFD.
final class RouterPaths {

    private static final Set<String> KEYS = Set.of("interval", "multiplier", "multihop", "passive");

    private RouterPaths() {}

    /// A router that listens at one address of a peer's family sends BFD from there.
    static List<BfdSettings> read(YamlObject root, List<ListenAddress> listen)
            throws RouterConfigException {
        List<BfdSettings> sessions = new ArrayList<>();
        for (YamlObject peer : root.objects("peers", RouterPeers.PEER_KEYS)) {
            Optional<YamlObject> bfd = peer.object("bfd", KEYS);
            if (bfd.isPresent()) {
                sessions.add(session(peer.address("address"), bfd.get(), listen));
            }
        }
        return sessions;
    }

    private static BfdSettings session(IpAddress peer, YamlObject bfd, List<ListenAddress> listen)
            throws RouterConfigException {
        Duration interval =
                Duration.ofMillis(
                        bfd.number(
                                "interval", 10, 60_000, BfdSettings.DEFAULT_INTERVAL.toMillis()));
        int multiplier = (int) bfd.number("multiplier", 1, 255, BfdSettings.DEFAULT_MULTIPLIER);
        BfdPath path =
                new BfdPath(
                        peer, local(peer, listen), Optional.empty(), bfd.flag("multihop", false));
        return BfdSettings.of(path)
                .every(interval, multiplier)
                .withPassive(bfd.flag("passive", false));
    }

    private static Optional<IpAddress> local(IpAddress peer, List<ListenAddress> listen) {
        List<IpAddress> own =
                listen.stream()
                        .map(ListenAddress::address)
                        .filter(address -> address.family() == peer.family())
                        .toList();
        return own.size() == 1 && !own.getFirst().isUnspecified()
                ? Optional.of(own.getFirst())
                : Optional.empty();
    }
}

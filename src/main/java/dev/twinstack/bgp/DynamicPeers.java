package dev.twinstack.bgp;

import dev.twinstack.net.IpAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which peers came by themselves, and by whose leave ([AcceptFrom]). Not thread-safe.
final class DynamicPeers {

    /// The configured peer of each that came, by name.
    private final Map<String, String> hosts = new HashMap<>();

    /// The settings for a caller that is no configured peer.
    ///
    /// @param configured all peers, those that came included
    Optional<PeerSettings> admit(IpAddress caller, Collection<PeerSettings> configured) {
        for (PeerSettings host : configured) {
            Optional<AcceptFrom> range = host.acceptFrom();
            if (range.isPresent() && range.get().contains(caller) && !isDynamic(host.name())) {
                if (guests(host.name()).size() >= range.get().limit()) {
                    return Optional.empty();
                }
                PeerSettings guest = host.forGuest(caller);
                hosts.put(guest.name(), host.name());
                return Optional.of(guest);
            }
        }
        return Optional.empty();
    }

    /// The configured peer by whose leave one came.
    ///
    /// @throws IllegalArgumentException for one that did not
    String host(String guest) {
        String host = hosts.get(guest);
        if (host == null) {
            throw new IllegalArgumentException(guest + " did not come by itself");
        }
        return host;
    }

    boolean isDynamic(String peer) {
        return hosts.containsKey(peer);
    }

    /// Those that have a peer's settings, by name.
    Set<String> guests(String host) {
        Set<String> guests = new TreeSet<>();
        hosts.forEach((guest, its) -> {
            if (its.equals(host)) {
                guests.add(guest);
            }
        });
        return guests;
    }

    /// What the settings of one that came are now; empty if it may not be here any more, or has
    /// become a configured peer.
    ///
    /// @param wanted the configured peers, by name
    Optional<PeerSettings> settings(PeerSettings guest, Map<String, PeerSettings> wanted) {
        boolean isConfigured =
                wanted.values().stream().anyMatch(its -> its.address().equals(guest.address()));
        return Optional.ofNullable(hosts.get(guest.name()))
                .filter(_ -> !isConfigured)
                .map(wanted::get)
                .filter(host ->
                        host.acceptFrom()
                                .filter(range -> range.contains(guest.address()))
                                .isPresent())
                .map(host -> host.forGuest(guest.address()));
    }

    void forget(String guest) {
        hosts.remove(guest);
    }
}

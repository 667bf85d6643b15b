package dev.twinstack.addon;

import dev.twinstack.install.FoundObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What to say after an enable: what is missing still, and where to change things.
final class AddonNotes {

    private AddonNotes() {}

    static List<String> of(EnableArguments arguments, FoundObjects found) {
        List<String> notes = new ArrayList<>();
        boolean pools = !arguments.pools().isEmpty() || isThere(found, "IPAddressPool");
        boolean peers = !arguments.peers().isEmpty() || isThere(found, "BGPPeer");
        if (!pools) {
            notes.add(
                    "There is no pool yet, so Services get no addresses: create an IPAddressPool in"
                            + " namespace metallb-system (docs/microk8s.md).");
        }
        if (arguments.layer2()) {
            notes.add(
                    "The L2Advertisement is kept, but this version does not answer ARP and NDP:"
                            + " announce the pool over BGP (create a BGPPeer and a"
                            + " BGPAdvertisement).");
        }
        if (pools && !peers) {
            notes.add(
                    "There is no router to announce addresses to yet: create a BGPPeer and a"
                            + " BGPAdvertisement in namespace metallb-system (docs/microk8s.md).");
        }
        Optional.of(arguments.peers())
                .filter(given -> !given.isEmpty())
                .ifPresent(given ->
                        notes.add(
                                "Configure %s to accept a session from every node; then: microk8s"
                                                .formatted(String.join(" and ", given))
                                        + " twinstack sessions"));
        if (arguments.dualStack().isPresent()) {
            notes.add("What becomes of dual-stack: microk8s twinstack dualstack status");
        }
        notes.add(
                "To change pools and peers later: microk8s kubectl -n metallb-system edit"
                        + " ipaddresspools,bgppeers. What is in use: microk8s twinstack pools");
        return notes;
    }

    private static boolean isThere(FoundObjects found, String kind) {
        return found.of("metallb.io", kind).findAny().isPresent();
    }
}

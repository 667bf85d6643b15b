package dev.twinstack.addon;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the routers that were typed can be peers.
final class PeerJudge {

    private static final List<Long> RESERVED = List.of(23456L, 65535L, 4294967295L);
    private static final String LINE = "type:  --peer 10.0.0.1 --peer-asn 64512 --my-asn 64512";

    private final ClusterRanges cluster;
    private final List<Refusal> refusals = new ArrayList<>();

    PeerJudge(ClusterRanges cluster) {
        this.cluster = cluster;
    }

    List<Refusal> judge(EnableArguments arguments) {
        List<String> peers = arguments.peers();
        List<String> asns = arguments.peerAsns();
        for (int i = 0; i < peers.size(); i++) {
            address(peers.get(i), peers.subList(0, i));
        }
        asns.forEach(asn -> asn("--peer-asn", asn));
        arguments.myAsn().ifPresent(asn -> asn("--my-asn", asn));
        if (peers.isEmpty()) {
            if (!asns.isEmpty() || arguments.myAsn().isPresent()) {
                refuse("--peer", "AS numbers are given, and no router to talk to", LINE);
            }
            return refusals;
        }
        if (asns.isEmpty()) {
            refuse("--peer-asn", "the AS number of the router is missing", LINE);
        } else if (asns.size() > 1 && asns.size() != peers.size()) {
            refuse(
                    "--peer-asn " + String.join(",", asns),
                    "%d AS numbers for %d peers".formatted(asns.size(), peers.size()),
                    "name one for all peers, or one for each in the same order");
        }
        if (arguments.myAsn().isEmpty()) {
            refuse("--my-asn", "our own AS number is missing", LINE);
        }
        return refusals;
    }

    private void address(String text, List<String> before) {
        IpAddress address;
        try {
            address = IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            refuse(
                    "--peer " + text,
                    String.valueOf(e.getMessage()),
                    "name the address of the router, without a length or a port");
            return;
        }
        if (before.contains(text)) {
            refuse("--peer " + text, "it is given twice", "name each router once");
        }
        if (address.isLinkLocal()) {
            refuse(
                    "--peer " + text,
                    "a link-local address needs an interface, too",
                    "enable without it and create a BGPPeer with spec.interface");
        } else if (address.isMulticast() || address.isUnspecified()) {
            refuse("--peer " + text, "no router has this address", "name its own address");
        }
        Optional<ClusterRanges.Taken> taken =
                cluster.takenBy(IpRange.of(address)).filter(each -> !each.byNode());
        taken.ifPresent(by ->
                refuse(
                        "--peer " + text,
                        "this is in " + by.by(),
                        "name the address of the router; see: " + by.command()));
    }

    private void asn(String option, String text) {
        long number;
        try {
            number = Long.parseLong(text);
            if (new Asn(number).isReserved() || RESERVED.contains(number)) {
                refuse(
                        option + " " + text,
                        "this number is reserved and no one's",
                        "private numbers are 64512 to 65534 and 4200000000 to 4294967294");
            }
        } catch (IllegalArgumentException e) {
            refuse(
                    option + " " + text,
                    "this is no AS number",
                    "it is a whole number from 1 to 4294967294, like 64512");
        }
    }

    private void refuse(String argument, String reason, String remedy) {
        refusals.add(new Refusal(argument, reason, remedy));
    }
}

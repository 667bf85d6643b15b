package dev.twinstack.addon;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether ranges that were typed can be a pool.
final class PoolJudge {

    private static final IpPrefix RESERVED = IpPrefix.parse("240.0.0.0/4");
    private static final IpPrefix THIS_HOST = IpPrefix.parse("0.0.0.0/8");
    private static final IpPrefix MAPPED = IpPrefix.parse("::ffff:0:0/96");

    private final ClusterRanges cluster;
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<IpRange> ranges = new ArrayList<>();

    PoolJudge(ClusterRanges cluster) {
        this.cluster = cluster;
    }

    List<Refusal> judge(List<String> pools) {
        pools.forEach(this::judge);
        return refusals;
    }

    private void judge(String text) {
        Optional<IpRange> read = read(text);
        if (read.isEmpty()) {
            return;
        }
        IpRange range = read.get();
        String kind = kind(range);
        if (!kind.isEmpty()) {
            refuse(text, kind, "name addresses that your routers can send to the cluster");
            return;
        }
        ranges.stream()
                .filter(range::overlaps)
                .findFirst()
                .ifPresent(other ->
                        refuse(
                                text,
                                "it overlaps %s, which is given too".formatted(other),
                                "name each address once"));
        cluster.takenBy(range)
                .ifPresent(taken ->
                        refuse(
                                text,
                                "it overlaps " + taken.by(),
                                "name addresses that nothing else has; see: " + taken.command()));
        ranges.add(range);
    }

    private Optional<IpRange> read(String text) {
        int dash = text.indexOf('-');
        try {
            if (dash >= 0) {
                return run(
                        text,
                        IpAddress.parse(text.substring(0, dash).strip()),
                        IpAddress.parse(text.substring(dash + 1).strip()));
            }
            if (text.indexOf('/') < 0) {
                IpAddress only = IpAddress.parse(text);
                refuse(
                        text,
                        "a single address needs its length",
                        "type:  --pool " + IpPrefix.host(only));
                return Optional.empty();
            }
            return prefix(text);
        } catch (IllegalArgumentException e) {
            refuse(
                    text.isEmpty() ? "\"\"" : text,
                    String.valueOf(e.getMessage()),
                    "a pool is 192.168.1.240-192.168.1.250, 192.168.2.0/24 or 2001:db8::/64");
            return Optional.empty();
        }
    }

    private Optional<IpRange> run(String text, IpAddress first, IpAddress last) {
        if (first.family() != last.family()) {
            refuse(text, "it starts in one family and ends in the other", "name a pool for each");
            return Optional.empty();
        }
        if (first.compareTo(last) > 0) {
            refuse(text, "it ends before it starts", "type:  --pool %s-%s".formatted(last, first));
            return Optional.empty();
        }
        return Optional.of(new IpRange(first, last));
    }

    private Optional<IpRange> prefix(String text) {
        IpPrefix prefix = IpPrefix.parse(text);
        IpAddress written = IpAddress.parse(text.substring(0, text.indexOf('/')));
        if (!written.equals(prefix.first())) {
            refuse(
                    text,
                    "it has bits set behind its length",
                    "type:  --pool %s, or --pool %s".formatted(prefix, IpPrefix.host(written)));
            return Optional.empty();
        }
        return Optional.of(prefix.range());
    }

    /// What makes addresses useless for Services; empty if nothing does.
    private static String kind(IpRange range) {
        IpAddress first = range.first();
        IpAddress last = range.last();
        if (first.isUnspecified() && isEnd(last)) {
            return "these are all addresses there are";
        }
        if (first.isLinkLocal() || last.isLinkLocal()) {
            return "link-local addresses are good on one link only, and no router forwards them";
        }
        if (first.isMulticast() || last.isMulticast()) {
            return "multicast addresses are no addresses of hosts";
        }
        if (overlaps(range, MAPPED)) {
            return "IPv4-mapped addresses are carried by no packet; write them as IPv4";
        }
        if (first.isLoopback() || last.isLoopback() || first.isUnspecified()) {
            return "these addresses are reserved for the host itself";
        }
        if (overlaps(range, RESERVED) || overlaps(range, THIS_HOST)) {
            return "these addresses are reserved, and routers drop them";
        }
        return "";
    }

    private static boolean overlaps(IpRange range, IpPrefix prefix) {
        return range.family() == prefix.family() && range.overlaps(prefix.range());
    }

    private static boolean isEnd(IpAddress address) {
        return switch (address.family()) {
            case IPV4 -> address.equals(new IpPrefix(IpAddress.ofIpv4(0), 0).last());
            case IPV6 -> address.equals(new IpPrefix(new IpAddress(IpFamily.IPV6, 0, 0), 0).last());
        };
    }

    private void refuse(String text, String reason, String remedy) {
        refusals.add(new Refusal("--pool " + text, reason, remedy));
    }
}

package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.ExportPolicy;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.AsPath;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.Communities;
import dev.twinstack.bgp.wire.LargeCommunities;
import dev.twinstack.bgp.wire.LocalPreference;
import dev.twinstack.bgp.wire.MultiExitDiscriminator;
import dev.twinstack.bgp.wire.Nlri;
import dev.twinstack.bgp.wire.OnlyToCustomer;
import dev.twinstack.bgp.wire.Origin;
import dev.twinstack.bgp.wire.PathAttribute;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.bgp.wire.UpdatePacker;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Puts what is to be said to one peer into UPDATEs: origin IGP; towards eBGP peers an AS path of
/// our own AS; towards iBGP peers an empty one and always LOCAL_PREF (FRR withdraws, OpenBGPD and
/// Quagga reset without it).
final class UpdateWriter {

    private static final long DEFAULT_LOCAL_PREF = 100;

    private final UpdatePacker packer;
    private final boolean internal;
    private final AsPath asPath;
    private final ExportPolicy export;
    private final Optional<OnlyToCustomer> onlyToCustomer;
    private final Map<IpFamily, NextHops.Choice> nextHops;

    UpdateWriter(
            Negotiated negotiated, PeerSettings settings, Map<IpFamily, NextHops.Choice> nextHops) {
        this.packer = new UpdatePacker(negotiated.wire());
        this.internal = negotiated.internal();
        this.export = settings.export();
        this.asPath = internal ? AsPath.EMPTY : path(settings.localAsn(), export.prepend());
        this.onlyToCustomer =
                settings.role()
                        .filter(role -> negotiated.agreement().roles() && role.marksRoutes())
                        .map(_ -> new OnlyToCustomer(settings.localAsn()));
        this.nextHops = new EnumMap<>(nextHops);
    }

    /// Whether a route of this family looks the same as by the other writer.
    boolean saysTheSame(UpdateWriter other, IpFamily family) {
        return asPath.equals(other.asPath)
                && export.med().equals(other.export.med())
                && export.gracefulShutdown() == other.export.gracefulShutdown()
                && Objects.equals(nextHops.get(family), other.nextHops.get(family));
    }

    /// Whether an UPDATE with these attributes holds at least one prefix, however long.
    boolean hasRoom(IpFamily family, RouteAttributes route) {
        return packer.hasRoom(
                AddressFamily.unicast(family), List.of(nextHop(family)), attributes(route));
    }

    /// @throws IllegalArgumentException for an announcement that has no room
    List<? extends BgpMessage> write(Batch batch) {
        AddressFamily family = AddressFamily.unicast(batch.family());
        return switch (batch) {
            case Batch.Withdraw withdraw -> packer.withdraw(family, nlri(withdraw.prefixes()));
            case Batch.Announce announce ->
                    packer.announce(
                            family,
                            List.of(nextHop(batch.family())),
                            attributes(announce.attributes()),
                            nlri(announce.prefixes()));
            case Batch.EndOfRib _ -> List.of(UpdateMessage.endOfRib(family));
            case Batch.BeginOfRefresh _ ->
                    List.of(
                            new RouteRefreshMessage(
                                    family, RouteRefreshMessage.BEGIN_OF_ROUTE_REFRESH));
            case Batch.EndOfRefresh _ ->
                    List.of(
                            new RouteRefreshMessage(
                                    family, RouteRefreshMessage.END_OF_ROUTE_REFRESH));
        };
    }

    private List<PathAttribute> attributes(RouteAttributes route) {
        List<PathAttribute> attributes = new ArrayList<>();
        attributes.add(Origin.IGP);
        attributes.add(asPath);
        export.med().ifPresent(med -> attributes.add(new MultiExitDiscriminator(med)));
        if (internal) {
            long preference = route.localPref().orElse(DEFAULT_LOCAL_PREF);
            attributes.add(new LocalPreference(export.gracefulShutdown() ? 0 : preference));
        }
        List<Community> communities = communities(route);
        if (!communities.isEmpty()) {
            attributes.add(new Communities(communities));
        }
        if (!route.largeCommunities().isEmpty()) {
            attributes.add(new LargeCommunities(List.copyOf(route.largeCommunities())));
        }
        onlyToCustomer.ifPresent(attributes::add);
        return attributes;
    }

    private List<Community> communities(RouteAttributes route) {
        SortedSet<Community> communities = new TreeSet<>(route.communities());
        if (export.gracefulShutdown()) {
            communities.add(Community.GRACEFUL_SHUTDOWN);
        }
        return List.copyOf(communities);
    }

    private IpAddress nextHop(IpFamily family) {
        return switch (nextHops.get(family)) {
            case NextHops.Use(IpAddress address) -> address;
            case NextHops.None _ -> throw noNextHop(family);
            case null -> throw noNextHop(family);
        };
    }

    private static IllegalStateException noNextHop(IpFamily family) {
        return new IllegalStateException("No next hop for " + family);
    }

    private static AsPath path(Asn own, int prepend) {
        return AsPath.sequence(Collections.nCopies(prepend + 1, own).toArray(Asn[]::new));
    }

    private static List<Nlri> nlri(List<IpPrefix> prefixes) {
        List<Nlri> nlri = new ArrayList<>(prefixes.size());
        prefixes.forEach(prefix -> nlri.add(new Nlri(prefix)));
        return nlri;
    }
}

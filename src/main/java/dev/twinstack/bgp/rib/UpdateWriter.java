package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.AsPath;
import dev.twinstack.bgp.wire.Communities;
import dev.twinstack.bgp.wire.LargeCommunities;
import dev.twinstack.bgp.wire.LocalPreference;
import dev.twinstack.bgp.wire.Nlri;
import dev.twinstack.bgp.wire.Origin;
import dev.twinstack.bgp.wire.PathAttribute;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.bgp.wire.UpdatePacker;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Puts what is to be said to one peer into UPDATEs: origin IGP; towards eBGP peers an AS path of
/// our own AS; towards iBGP peers an empty one and always LOCAL_PREF (FRR withdraws, OpenBGPD and
/// Quagga reset without it).
final class UpdateWriter {

    private static final long DEFAULT_LOCAL_PREF = 100;

    private final UpdatePacker packer;
    private final boolean internal;
    private final AsPath asPath;
    private final Map<IpFamily, IpAddress> nextHops;

    /// @param nextHops per family that routes can be sent of
    UpdateWriter(Negotiated negotiated, Asn localAsn, Map<IpFamily, IpAddress> nextHops) {
        this.packer = new UpdatePacker(negotiated.wire());
        this.internal = negotiated.internal();
        this.asPath = internal ? AsPath.EMPTY : AsPath.sequence(localAsn);
        this.nextHops = new EnumMap<>(IpFamily.class);
        this.nextHops.putAll(nextHops);
    }

    List<UpdateMessage> write(Batch batch) {
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
        };
    }

    private List<PathAttribute> attributes(RouteAttributes route) {
        List<PathAttribute> attributes = new ArrayList<>();
        attributes.add(Origin.IGP);
        attributes.add(asPath);
        if (internal) {
            attributes.add(new LocalPreference(route.localPref().orElse(DEFAULT_LOCAL_PREF)));
        }
        if (!route.communities().isEmpty()) {
            attributes.add(new Communities(List.copyOf(route.communities())));
        }
        if (!route.largeCommunities().isEmpty()) {
            attributes.add(new LargeCommunities(List.copyOf(route.largeCommunities())));
        }
        return attributes;
    }

    private IpAddress nextHop(IpFamily family) {
        IpAddress nextHop = nextHops.get(family);
        if (nextHop == null) {
            throw new IllegalStateException("No next hop for " + family);
        }
        return nextHop;
    }

    private static List<Nlri> nlri(List<IpPrefix> prefixes) {
        return prefixes.stream().map(Nlri::new).toList();
    }
}

package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.FamilyStatus;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The routes that one peer shall have, and what is left to say about them. Outlives sessions: when
/// one comes up, all routes are sent again and followed by End-of-RIB per negotiated family. Routes
/// of a family that was not negotiated, or without a next hop, are kept and counted, not sent.
///
/// UPDATEs are pulled ([#take]), so a peer that reads slowly costs no memory: a prefix that changes
/// meanwhile is sent once, as it is then.
public final class AdjRibOut {

    private final Map<IpFamily, FamilyRibOut> families = new EnumMap<>(IpFamily.class);
    private @Nullable UpdateWriter writer;

    public AdjRibOut() {
        for (IpFamily family : IpFamily.values()) {
            families.put(family, new FamilyRibOut(family));
        }
    }

    /// Routes to announce, new ones and such with other attributes, and prefixes to withdraw.
    public void change(Map<IpPrefix, RouteAttributes> changed, Set<IpPrefix> withdrawn) {
        withdrawn.forEach(prefix -> of(prefix.family()).withdraw(prefix));
        changed.forEach((prefix, attributes) -> of(prefix.family()).announce(prefix, attributes));
    }

    public void withdrawAll() {
        families.values().forEach(FamilyRibOut::withdrawAll);
    }

    /// A session is established.
    ///
    /// @param local our end of the connection
    public void up(Negotiated negotiated, PeerSettings settings, Optional<IpAddress> local) {
        NextHops nextHops = new NextHops(local, settings);
        Map<IpFamily, IpAddress> usable = new EnumMap<>(IpFamily.class);
        families.forEach((family, rib) -> {
            Optional<IpAddress> nextHop = nextHops.of(family);
            if (!settings.families().contains(family)) {
                rib.withhold(family + " unicast is not configured for this peer", false);
            } else if (!negotiated.families().contains(family)) {
                rib.withhold("the peer did not negotiate " + family + " unicast", false);
            } else if (nextHop.isEmpty()) {
                rib.withhold("this node has no " + family + " address for a next hop", true);
            } else {
                usable.put(family, nextHop.get());
                rib.open();
            }
        });
        writer = new UpdateWriter(negotiated, settings.localAsn(), usable);
    }

    /// The session is gone.
    public void down() {
        families.values().forEach(FamilyRibOut::close);
        writer = null;
    }

    /// The peer wants all routes of this family again. Without effect if it was not negotiated.
    public void refresh(IpFamily family) {
        of(family).refresh();
    }

    public boolean hasPending() {
        return families.values().stream().anyMatch(FamilyRibOut::hasPending);
    }

    /// The next UPDATEs, with about `limit` prefixes at most; empty if there is nothing to say.
    public List<UpdateMessage> take(int limit) {
        UpdateWriter present = writer;
        if (present == null) {
            return List.of();
        }
        List<UpdateMessage> updates = new ArrayList<>();
        for (FamilyRibOut family : families.values()) {
            for (Batch batch : family.take(limit)) {
                updates.addAll(present.write(batch));
            }
        }
        return updates;
    }

    /// Routes per family, for every family that has or could have some.
    public Map<IpFamily, FamilyStatus> status() {
        Map<IpFamily, FamilyStatus> status = new EnumMap<>(IpFamily.class);
        families.forEach((family, rib) -> {
            if (!rib.isIdle()) {
                status.put(family, rib.status());
            }
        });
        return status;
    }

    private FamilyRibOut of(IpFamily family) {
        FamilyRibOut rib = families.get(family);
        if (rib == null) {
            throw new IllegalArgumentException("No family " + family);
        }
        return rib;
    }
}

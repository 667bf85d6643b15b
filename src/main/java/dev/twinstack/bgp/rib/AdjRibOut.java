package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.FamilyStatus;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The routes that one peer shall have, and what is left to say about them. Outlives sessions: when
/// one comes up, all routes are sent again and followed by End-of-RIB per negotiated family. Routes
/// of a family that was not negotiated, or without a next hop, or with more communities than an
/// UPDATE holds, are kept and counted, not sent.
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

    /// All routes that the peer shall have.
    public Map<IpPrefix, RouteAttributes> wanted() {
        Map<IpPrefix, RouteAttributes> wanted = new HashMap<>();
        families.values().forEach(family -> wanted.putAll(family.wanted()));
        return wanted;
    }

    /// Takes back all that the peer of the present session has, until [#change] says how to go on.
    /// What is wanted stays so.
    ///
    /// @param because why, in words
    public void suspend(String because) {
        families.values().stream()
                .filter(FamilyRibOut::isOpen)
                .forEach(rib -> rib.suspend(because));
    }

    /// A session is established.
    ///
    /// @param local our end of the connection
    public void up(Negotiated negotiated, PeerSettings settings, Optional<IpAddress> local) {
        families.values().forEach(FamilyRibOut::close);
        Map<IpFamily, NextHops.Choice> choices = choices(negotiated, settings, local);
        choices.forEach((family, choice) -> {
            switch (choice) {
                case NextHops.Use _ -> of(family).open();
                case NextHops.None(String because, boolean agreed) ->
                        of(family).withhold(because, agreed);
            }
        });
        writer = new UpdateWriter(negotiated, settings, choices);
    }

    /// Something else is to be said with all routes of the present session. Whatever changes by it
    /// is sent again.
    public void change(Negotiated negotiated, PeerSettings settings, Optional<IpAddress> local) {
        UpdateWriter before = writer;
        Map<IpFamily, NextHops.Choice> choices = choices(negotiated, settings, local);
        UpdateWriter now = new UpdateWriter(negotiated, settings, choices);
        choices.forEach((family, choice) -> {
            FamilyRibOut rib = of(family);
            switch (choice) {
                case NextHops.None(String because, boolean _) -> rib.suspend(because);
                case NextHops.Use _ when !rib.isOpen() -> rib.resume();
                case NextHops.Use _ -> {
                    if (before == null || !now.saysTheSame(before, family)) {
                        rib.sendAgain();
                    }
                }
            }
        });
        writer = now;
    }

    private static Map<IpFamily, NextHops.Choice> choices(
            Negotiated negotiated, PeerSettings settings, Optional<IpAddress> local) {
        NextHops nextHops = new NextHops(local, settings, negotiated);
        Map<IpFamily, NextHops.Choice> choices = new EnumMap<>(IpFamily.class);
        for (IpFamily family : IpFamily.values()) {
            choices.put(family, nextHops.of(family));
        }
        return choices;
    }

    /// The session is gone.
    public void down() {
        families.values().forEach(FamilyRibOut::close);
        writer = null;
    }

    /// The peer wants all routes of this family again. Without effect if it was not negotiated.
    ///
    /// @param inBrackets with its begin and its end (RFC 7313)
    public void refresh(IpFamily family, boolean inBrackets) {
        if (inBrackets) {
            of(family).sendAgainInBrackets();
        } else {
            of(family).sendAgain();
        }
    }

    public boolean hasPending() {
        return families.values().stream().anyMatch(FamilyRibOut::hasPending);
    }

    /// The next messages, with about `limit` prefixes at most; empty if there is nothing to say.
    public List<BgpMessage> take(int limit) {
        return writer == null ? List.of() : take(limit, writer);
    }

    private List<BgpMessage> take(int limit, UpdateWriter present) {
        List<BgpMessage> updates = new ArrayList<>();
        families.forEach((family, rib) -> {
            for (Batch batch : rib.take(limit, attributes -> present.hasRoom(family, attributes))) {
                updates.addAll(present.write(batch));
            }
        });
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

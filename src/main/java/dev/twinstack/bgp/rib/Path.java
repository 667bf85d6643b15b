package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.bgp.wire.AsPath;
import dev.twinstack.bgp.wire.Communities;
import dev.twinstack.bgp.wire.LargeCommunities;
import dev.twinstack.bgp.wire.LocalPreference;
import dev.twinstack.bgp.wire.MultiExitDiscriminator;
import dev.twinstack.bgp.wire.Origin;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.OptionalLong;

/// What an UPDATE says about the prefixes it announces.
record Path(
        List<IpAddress> nextHops,
        AsPath asPath,
        Origin origin,
        OptionalLong med,
        OptionalLong localPref,
        List<Community> communities,
        List<LargeCommunity> largeCommunities) {

    static Path of(UpdateMessage update, List<IpAddress> nextHops) {
        return new Path(
                nextHops,
                update.asPath(),
                update.attribute(Origin.class).orElse(Origin.INCOMPLETE),
                update.attribute(MultiExitDiscriminator.class)
                        .map(med -> OptionalLong.of(med.value()))
                        .orElse(OptionalLong.empty()),
                update.attribute(LocalPreference.class)
                        .map(preference -> OptionalLong.of(preference.value()))
                        .orElse(OptionalLong.empty()),
                update.attribute(Communities.class).map(Communities::values).orElse(List.of()),
                update.attribute(LargeCommunities.class)
                        .map(LargeCommunities::values)
                        .orElse(List.of()));
    }
}

package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.bgp.wire.AsPath;
import dev.twinstack.bgp.wire.Communities;
import dev.twinstack.bgp.wire.LargeCommunities;
import dev.twinstack.bgp.wire.LocalPreference;
import dev.twinstack.bgp.wire.MpReach;
import dev.twinstack.bgp.wire.MpUnreach;
import dev.twinstack.bgp.wire.MultiExitDiscriminator;
import dev.twinstack.bgp.wire.NextHop;
import dev.twinstack.bgp.wire.OpaqueMpReach;
import dev.twinstack.bgp.wire.OpaqueMpUnreach;
import dev.twinstack.bgp.wire.Origin;
import dev.twinstack.bgp.wire.PathAttribute;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// What an UPDATE says about the prefixes it announces.
///
/// @param attributes all of them as they came, without prefixes and without the next hop that is
///   for the UPDATE's other prefixes
record Path(
        List<IpAddress> nextHops,
        AsPath asPath,
        Origin origin,
        OptionalLong med,
        OptionalLong localPref,
        List<Community> communities,
        List<LargeCommunity> largeCommunities,
        List<PathAttribute> attributes) {

    /// What stands in an UPDATE about its classic prefixes.
    static Path ofClassic(UpdateMessage update) {
        List<IpAddress> nextHops =
                update.attribute(NextHop.class).map(NextHop::address).stream().toList();
        return of(update, nextHops, Path::isAboutClassic);
    }

    /// What stands in an UPDATE about the prefixes of its MP_REACH_NLRI.
    static Path ofMultiprotocol(UpdateMessage update, MpReach reach) {
        return of(update, reach.nextHops(), Path::isAboutMultiprotocol);
    }

    private static boolean isAboutClassic(PathAttribute attribute) {
        return !(attribute instanceof MpReach) && !isAboutOthers(attribute);
    }

    private static boolean isAboutMultiprotocol(PathAttribute attribute) {
        return !(attribute instanceof NextHop) && !isAboutOthers(attribute);
    }

    private static boolean isAboutOthers(PathAttribute attribute) {
        return attribute instanceof MpUnreach
                || attribute instanceof OpaqueMpReach
                || attribute instanceof OpaqueMpUnreach;
    }

    private static Path of(
            UpdateMessage update, List<IpAddress> nextHops, Predicate<PathAttribute> isAbout) {
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
                        .orElse(List.of()),
                update.attributes().stream().filter(isAbout).map(Path::withoutPrefixes).toList());
    }

    private static PathAttribute withoutPrefixes(PathAttribute attribute) {
        return attribute instanceof MpReach(var family, var nextHops, var _)
                ? new MpReach(family, nextHops, List.of())
                : attribute;
    }

    <T extends PathAttribute> Optional<T> attribute(Class<T> kind) {
        return attributes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}

package dev.twinstack.bgp.rib;

import static java.util.stream.Collectors.joining;

import dev.twinstack.bgp.ReceivedAttribute;
import dev.twinstack.bgp.wire.Aggregator;
import dev.twinstack.bgp.wire.As4Aggregator;
import dev.twinstack.bgp.wire.As4Path;
import dev.twinstack.bgp.wire.AsPath;
import dev.twinstack.bgp.wire.AtomicAggregate;
import dev.twinstack.bgp.wire.ClusterList;
import dev.twinstack.bgp.wire.Communities;
import dev.twinstack.bgp.wire.ExtendedCommunities;
import dev.twinstack.bgp.wire.LargeCommunities;
import dev.twinstack.bgp.wire.LocalPreference;
import dev.twinstack.bgp.wire.MpReach;
import dev.twinstack.bgp.wire.MpUnreach;
import dev.twinstack.bgp.wire.MultiExitDiscriminator;
import dev.twinstack.bgp.wire.NextHop;
import dev.twinstack.bgp.wire.OnlyToCustomer;
import dev.twinstack.bgp.wire.OpaqueMpReach;
import dev.twinstack.bgp.wire.OpaqueMpUnreach;
import dev.twinstack.bgp.wire.Origin;
import dev.twinstack.bgp.wire.OriginatorId;
import dev.twinstack.bgp.wire.PathAttribute;
import dev.twinstack.bgp.wire.UnknownAttribute;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Path attributes for people.
final class AttributeText {

    private AttributeText() {}

    /// In the order of their types, as any order on the wire means the same.
    static List<ReceivedAttribute> of(Collection<PathAttribute> attributes) {
        return attributes.stream()
                .sorted(Comparator.comparingInt(attribute -> attribute.type().code()))
                .map(attribute ->
                        new ReceivedAttribute(
                                attribute.type().code(),
                                attribute.type().toString(),
                                value(attribute)))
                .toList();
    }

    private static String value(PathAttribute attribute) {
        return switch (attribute) {
            case Origin origin -> origin.name();
            case AsPath path -> path.toString();
            case NextHop(IpAddress address) -> address.toString();
            case MultiExitDiscriminator med -> Long.toString(med.value());
            case LocalPreference preference -> Long.toString(preference.value());
            case AtomicAggregate _ -> "";
            case Aggregator(Asn asn, IpAddress address) -> asn + " " + address;
            case Communities communities -> words(communities.values());
            case OriginatorId(IpAddress identifier) -> identifier.toString();
            case ClusterList(List<IpAddress> ids) -> words(ids);
            case MpReach reach -> reach.family() + " via " + words(reach.nextHops());
            case MpUnreach unreach -> unreach.family().toString();
            case OpaqueMpReach reach -> reach.family() + " " + reach.nlri();
            case OpaqueMpUnreach unreach -> unreach.family() + " " + unreach.withdrawn();
            case ExtendedCommunities communities -> words(communities.values());
            case As4Path path -> path.toString();
            case As4Aggregator(Asn asn, IpAddress address) -> asn + " " + address;
            case LargeCommunities communities -> words(communities.values());
            case OnlyToCustomer(Asn asn) -> asn.toString();
            case UnknownAttribute unknown -> unknown.value().toString();
        };
    }

    private static String words(Collection<?> values) {
        return values.stream().map(Object::toString).collect(joining(" "));
    }
}

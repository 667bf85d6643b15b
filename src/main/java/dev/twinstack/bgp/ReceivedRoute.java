package dev.twinstack.bgp;

import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.util.List;
import java.util.OptionalLong;

/// A line of the table of [BgpRouter].
///
/// @param nextHops one address, or a global and a link-local one
/// @param asPath as routers print it, the nearest AS first
/// @param origin `IGP`, `EGP` or `INCOMPLETE`
/// @param attributes all of them, those above included
/// @param best whether it is preferred among all routes for this prefix
public record ReceivedRoute(
        IpPrefix prefix,
        String peer,
        IpAddress peerAddress,
        Asn peerAsn,
        List<IpAddress> nextHops,
        String asPath,
        String origin,
        OptionalLong med,
        OptionalLong localPref,
        List<Community> communities,
        List<LargeCommunity> largeCommunities,
        List<ReceivedAttribute> attributes,
        boolean best) {

    public ReceivedRoute {
        nextHops = List.copyOf(nextHops);
        communities = List.copyOf(communities);
        largeCommunities = List.copyOf(largeCommunities);
        attributes = List.copyOf(attributes);
    }
}

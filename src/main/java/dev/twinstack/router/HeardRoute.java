package dev.twinstack.router;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.twinstack.bgp.ReceivedAttribute;
import dev.twinstack.bgp.ReceivedRoute;
import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One line of the router's table, as its page shows it.
///
/// @param nextHops one address, or a global and a link-local one
/// @param asPath as routers print it, the nearest AS first
/// @param attributes every path attribute as it was decoded, those above included
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeardRoute(
        String prefix,
        String family,
        List<String> nextHops,
        String peer,
        long peerASN,
        String asPath,
        String origin,
        @Nullable Long med,
        @Nullable Long localPref,
        List<String> communities,
        List<ReceivedAttribute> attributes,
        boolean best) {

    static HeardRoute of(ReceivedRoute route) {
        return new HeardRoute(
                route.prefix().toString(),
                route.prefix().family().toString(),
                route.nextHops().stream().map(IpAddress::toString).toList(),
                route.peerAddress().toString(),
                route.peerAsn().value(),
                route.asPath(),
                route.origin(),
                route.med().isPresent() ? route.med().getAsLong() : null,
                route.localPref().isPresent() ? route.localPref().getAsLong() : null,
                Stream.concat(
                                route.communities().stream().map(Object::toString),
                                route.largeCommunities().stream().map(large -> "large:" + large))
                        .toList(),
                route.attributes(),
                route.best());
    }
}

package dev.twinstack.bgp.session;

import dev.twinstack.bgp.PeerSettings;

/// Which of two connections of one peer lives (RFC 4271 section 6.8): the one that was opened by
/// the side with the higher BGP identifier, compared as unsigned numbers; with equal identifiers by
/// the side with the higher AS number (RFC 6286 section 2.3).
final class Collision {

    private Collision() {}

    static Link.Direction survivor(PeerSettings local, Negotiated remote) {
        int byIdentifier = local.routerId().compareTo(remote.remoteRouterId());
        int order =
                byIdentifier != 0 ? byIdentifier : local.localAsn().compareTo(remote.remoteAsn());
        return order > 0 ? Link.Direction.OUTGOING : Link.Direction.INCOMING;
    }
}

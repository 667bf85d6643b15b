package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.MpReach;
import dev.twinstack.bgp.wire.MpUnreach;
import dev.twinstack.bgp.wire.Nlri;
import dev.twinstack.bgp.wire.PathAttribute;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The routes that one peer announced and did not withdraw, of the negotiated families. A route
/// that can't be used (our own AS in its path, ourselves as the next hop, a multicast prefix)
/// removes its predecessor and is not kept (RFC 4271 sections 6.3 and 9.1.2).
public final class AdjRibIn implements RouteSink {

    private final PeerSettings settings;
    private final Map<IpPrefix, Path> routes = new HashMap<>();
    private Optional<Negotiated> session = Optional.empty();
    private Optional<IpAddress> local = Optional.empty();

    public AdjRibIn(PeerSettings settings) {
        this.settings = settings;
    }

    @Override
    public void up(Negotiated negotiated, Optional<IpAddress> local) {
        routes.clear();
        this.local = local;
        session = Optional.of(negotiated);
    }

    @Override
    public void down() {
        routes.clear();
        session = Optional.empty();
    }

    @Override
    public void received(UpdateMessage update) {
        update.withdrawn().forEach(nlri -> routes.remove(nlri.prefix()));
        for (PathAttribute attribute : update.attributes()) {
            if (attribute instanceof MpUnreach(_, List<Nlri> withdrawn)) {
                withdrawn.forEach(nlri -> routes.remove(nlri.prefix()));
            }
        }
        if (!update.announced().isEmpty()) {
            announce(update.announced(), Path.ofClassic(update));
        }
        update.attribute(MpReach.class)
                .ifPresent(reach -> announce(reach.nlri(), Path.ofMultiprotocol(update, reach)));
    }

    PeerSettings settings() {
        return settings;
    }

    Optional<Negotiated> session() {
        return session;
    }

    Map<IpPrefix, Path> routes() {
        return routes;
    }

    private void announce(List<Nlri> announced, Path path) {
        for (Nlri nlri : announced) {
            if (isUsable(nlri.prefix(), path)) {
                routes.put(nlri.prefix(), path);
            } else {
                routes.remove(nlri.prefix());
            }
        }
    }

    private boolean isUsable(IpPrefix prefix, Path path) {
        return session.isPresent()
                && session.get().families().contains(prefix.family())
                && !prefix.address().isMulticast()
                && !path.asPath().contains(settings.localAsn())
                && local.filter(path.nextHops()::contains).isEmpty();
    }
}

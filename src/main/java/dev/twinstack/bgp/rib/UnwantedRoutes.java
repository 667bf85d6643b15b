package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.MpReach;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.IpAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The routes of a peer that should send none: a node announces its addresses and routes nothing.
/// They are read for their errors and forgotten, however many come, and it is said once a session.
public final class UnwantedRoutes implements RouteSink {

    private static final Logger log = LoggerFactory.getLogger(UnwantedRoutes.class);

    private final PeerSettings settings;
    private boolean said;

    public UnwantedRoutes(PeerSettings settings) {
        this.settings = settings;
    }

    @Override
    public void up(Negotiated negotiated, Optional<IpAddress> local) {
        said = false;
    }

    @Override
    public void received(UpdateMessage update) {
        if (!said && announces(update)) {
            said = true;
            log.atInfo()
                    .addKeyValue("peer", settings.name())
                    .addKeyValue("address", settings.address())
                    .log(
                            "BGP peer announces routes, which this node reads and forgets; a"
                                    + " prefixLimit in its PeerPolicy would end the session");
        }
    }

    @Override
    public void down() {
        // nothing is kept
    }

    private static boolean announces(UpdateMessage update) {
        return !update.announced().isEmpty()
                || update.attribute(MpReach.class)
                        .filter(reach -> !reach.nlri().isEmpty())
                        .isPresent();
    }
}

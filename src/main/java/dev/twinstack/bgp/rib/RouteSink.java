package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.session.Negotiated;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.IpAddress;
import java.util.Optional;

/// Takes what a peer announces.
public interface RouteSink {

    /// Reads and forgets: a node announces its addresses and routes nothing.
    RouteSink NONE =
            new RouteSink() {
                @Override
                public void up(Negotiated negotiated, Optional<IpAddress> local) {
                    // routes are of no interest
                }

                @Override
                public void received(UpdateMessage update) {
                    // routes are of no interest
                }

                @Override
                public void down() {
                    // nothing is kept
                }
            };

    /// A session is established.
    ///
    /// @param local our end of the connection
    void up(Negotiated negotiated, Optional<IpAddress> local);

    void received(UpdateMessage update);

    /// The session ended: all that it brought is invalid.
    void down();
}

package dev.twinstack.operator.speaker;

import dev.twinstack.bgp.ListenAddress;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where this node waits for its peers. An address that can't be had now is tried again with the
/// next change of the configuration; one that nobody wants any more is left when the speaker ends,
/// and turns everybody away until then. Not thread-safe.
final class Listening implements Consumer<Set<ListenAddress>> {

    private static final Logger log = LoggerFactory.getLogger(Listening.class);

    /// Listens at one address.
    interface Listener {
        void listen(ListenAddress address) throws IOException;
    }

    private final Listener listener;
    private final Set<ListenAddress> open = new HashSet<>();

    Listening(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void accept(Set<ListenAddress> wanted) {
        for (ListenAddress address : wanted) {
            if (!open.contains(address)) {
                listen(address);
            }
        }
    }

    private void listen(ListenAddress address) {
        try {
            listener.listen(address);
            open.add(address);
            log.atInfo().addKeyValue("address", address).log("Listening for BGP peers");
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("address", address)
                    .addKeyValue("reason", e.getMessage())
                    .log("Passive BGP peers can't connect; listenPort of a PeerPolicy moves it");
        }
    }
}

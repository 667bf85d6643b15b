package dev.twinstack.operator.speaker;

import dev.twinstack.bgp.ListenAddress;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where this node waits for its peers. An address that can't be had now is tried again with the
/// next change of the configuration; one that nobody names any more is left. Not thread-safe.
final class Listening implements Consumer<Set<ListenAddress>> {

    private static final Logger log = LoggerFactory.getLogger(Listening.class);

    /// Opens and closes sockets.
    interface Listener {

        /// @return the address that was bound
        ListenAddress listen(ListenAddress address) throws IOException;

        void unlisten(ListenAddress bound);
    }

    private final Listener listener;

    /// What is listened at, by what was wanted.
    private final Map<ListenAddress, ListenAddress> open = new HashMap<>();

    Listening(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void accept(Set<ListenAddress> wanted) {
        for (ListenAddress address : Set.copyOf(open.keySet())) {
            if (!wanted.contains(address)) {
                leave(address);
            }
        }
        for (ListenAddress address : wanted) {
            if (!open.containsKey(address)) {
                listen(address);
            }
        }
    }

    private void leave(ListenAddress address) {
        ListenAddress bound = open.remove(address);
        if (bound != null) {
            listener.unlisten(bound);
            log.atInfo().addKeyValue("address", address).log("No longer listening for BGP peers");
        }
    }

    private void listen(ListenAddress address) {
        try {
            open.put(address, listener.listen(address));
            log.atInfo().addKeyValue("address", address).log("Listening for BGP peers");
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("address", address)
                    .addKeyValue("reason", e.getMessage())
                    .log("Passive BGP peers can't connect; listenPort of a PeerPolicy moves it");
        }
    }
}

package dev.twinstack.bgp;

import dev.twinstack.bgp.peer.PeerSession;
import dev.twinstack.bgp.rib.AdjRibIn;
import dev.twinstack.bgp.rib.AdjRibOut;
import dev.twinstack.bgp.rib.LocRib;
import dev.twinstack.bgp.transport.PeerHost;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.net.IpAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A router for demos and tests: takes routes from its peers and shows them. Announces nothing and
/// forwards nothing. Methods may be called from any thread.
public final class BgpRouter implements AutoCloseable {

    /// So many peers may come without being configured.
    private static final int MAX_DYNAMIC_PEERS = 256;

    private static final NotificationMessage SHUTDOWN =
            NotificationMessage.withCommunication(
                    ErrorCode.ADMINISTRATIVE_SHUTDOWN, "Twinstack's router is shutting down");

    private final RouterSettings settings;
    private final PeerHost host;
    private final List<ListenAddress> listening = new ArrayList<>();

    /// One per peer. The loop's own.
    private final List<AdjRibIn> tables = new ArrayList<>();

    private BgpRouter(RouterSettings settings, BgpEvents events) {
        this.settings = settings;
        this.host = new PeerHost(events, Restart.NONE);
    }

    /// Listens and connects to the peers that are not passive.
    ///
    /// @throws IOException if an address can't be listened on; nothing is left running then
    public static BgpRouter start(RouterSettings settings, BgpEvents events) throws IOException {
        BgpRouter router = new BgpRouter(settings, events);
        try {
            router.open();
            return router;
        } catch (IOException | RuntimeException e) {
            router.close();
            throw e;
        }
    }

    /// Where it listens, with the ports that the kernel chose.
    public List<ListenAddress> listening() {
        return List.copyOf(listening);
    }

    public List<SessionStatus> sessions() {
        return host.call(() -> host.sessions().stream().map(PeerSession::status).toList());
    }

    /// All routes of all peers, ordered by prefix, the best first.
    public List<ReceivedRoute> routes() {
        return host.call(() -> LocRib.routes(tables));
    }

    /// The way to a listed peer is dead, as BFD found out: its session ends at once with Cease
    /// 6/10.
    ///
    /// @param why in words
    public void pathDown(IpAddress peer, String why) {
        host.execute(() -> host.withSession(peer.toString(), session -> session.pathDown(why)));
    }

    /// Ends all sessions with Cease 6/2; takes at most 3 s.
    @Override
    public void close() {
        host.close(session -> session.stop(SHUTDOWN));
    }

    private void open() throws IOException {
        host.onStranger(this::admit);
        host.call(() -> {
            settings.peers().forEach(peer -> add(settings.settings(peer)));
            return true;
        });
        for (ListenAddress address : settings.listen()) {
            listening.add(host.listen(address));
        }
    }

    private void admit(IpAddress stranger) {
        if (tables.size() < settings.peers().size() + MAX_DYNAMIC_PEERS) {
            settings.settings(stranger).ifPresent(this::add);
        }
    }

    private void add(PeerSettings peer) {
        AdjRibIn table = new AdjRibIn(peer);
        tables.add(table);
        host.add(peer, new AdjRibOut(), table, PeerSession::start);
    }
}

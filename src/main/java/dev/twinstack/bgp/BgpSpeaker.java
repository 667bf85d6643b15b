package dev.twinstack.bgp;

import dev.twinstack.bgp.peer.PeerSession;
import dev.twinstack.bgp.rib.AdjRibOut;
import dev.twinstack.bgp.rib.RouteSink;
import dev.twinstack.bgp.transport.PeerHost;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Announces routes to a set of peers. Each peer has its own session and its own routes: what
/// happens to one never touches another.
///
/// Methods may be called from any thread, except that the events' listener must not call [#close];
/// none blocks on the network but [#close]. Calls take effect in their order.
public final class BgpSpeaker implements AutoCloseable {

    private static final NotificationMessage SHUTDOWN =
            NotificationMessage.withCommunication(
                    ErrorCode.ADMINISTRATIVE_SHUTDOWN, "Twinstack is shutting down");

    private static final NotificationMessage DE_CONFIGURED =
            new NotificationMessage(ErrorCode.PEER_DE_CONFIGURED);
    private static final NotificationMessage CHANGED =
            new NotificationMessage(ErrorCode.OTHER_CONFIGURATION_CHANGE);

    private final PeerHost host;
    private final NodeDrain drain;
    private final AtomicBoolean closing = new AtomicBoolean();

    /// Routes per peer, kept while the peer's settings change. The loop's own.
    private final Map<String, AdjRibOut> routes = new HashMap<>();

    /// The loop's own.
    private final DynamicPeers dynamic = new DynamicPeers();

    /// Starts without peers, and without listening.
    ///
    /// @param restart what peers that keep routes over a restart are told
    public BgpSpeaker(BgpEvents events, Restart restart) {
        this.host = new PeerHost(new GuestWatch(events, this::left), restart);
        this.drain = new NodeDrain(host);
        host.onStranger(this::admit);
    }

    /// Lets the configured peers connect as well; all others are turned away.
    ///
    /// @return the address with the port that the kernel chose, if it was to
    /// @throws IOException if the address can't be had: the speaker goes on without it
    public ListenAddress listen(ListenAddress address) throws IOException {
        return host.listen(address);
    }

    /// Listens at an address no longer; sessions that came in there go on.
    ///
    /// @param bound what [#listen] said
    public void unlisten(ListenAddress bound) {
        host.unlisten(bound);
    }

    /// The peers to have sessions with, all of them. New ones are connected at once, missing ones
    /// get Cease 6/3, changed ones 6/6 and a new session that gets the same routes. Where only the
    /// [ExportPolicy] changed the session goes on, and the routes it is about are sent again. Peers
    /// with equal settings notice nothing.
    ///
    /// @throws IllegalArgumentException if two have the same name
    public void setPeers(Collection<PeerSettings> peers) {
        Map<String, PeerSettings> wanted = new LinkedHashMap<>();
        for (PeerSettings peer : peers) {
            if (wanted.put(peer.name(), peer) != null) {
                throw new IllegalArgumentException("Two BGP peers of the name " + peer.name());
            }
        }
        host.execute(() -> reconcile(wanted));
    }

    /// Changes the routes of one peer, now and for all its sessions to come. Sent within the same
    /// turn of the I/O thread, together with whatever other changes wait there. For a peer that is
    /// not set they are kept until the next [#setPeers].
    ///
    /// @param changed new routes, and such with other attributes than before
    /// @param withdrawn prefixes to announce no longer
    public void setRoutes(
            String peer, Map<IpPrefix, RouteAttributes> changed, Set<IpPrefix> withdrawn) {
        Map<IpPrefix, RouteAttributes> announced = Map.copyOf(changed);
        Set<IpPrefix> gone = Set.copyOf(withdrawn);
        host.execute(() -> {
            change(peer, announced, gone);
            dynamic.guests(peer).forEach(guest -> change(guest, announced, gone));
        });
    }

    /// The way to a peer is dead, as BFD found out (RFC 5882): its session ends at once with Cease
    /// 6/10 and is tried again as after any other error, because a peer without BFD must not stay
    /// away for ever. Without effect on a peer that is not set, or has no session.
    ///
    /// @param why in words, like `BFD: nothing heard for 150 ms`
    public void pathDown(String peer, String why) {
        host.execute(() -> host.withSession(peer, session -> session.pathDown(why)));
    }

    /// The way to a peer works (again): what is held back after an error is tried at once.
    public void pathUp(String peer) {
        host.execute(() -> host.withSession(peer, PeerSession::pathUp));
    }

    /// All sessions as they are now, in the order their peers were set.
    public List<SessionStatus> sessions() {
        return host.call(() -> host.sessions().stream().map(PeerSession::status).toList());
    }

    /// Takes all traffic away from this node, each peer's in its own drain time
    /// ([ExportPolicy#drainTime], else 10 s): routes are sent again with GRACEFUL_SHUTDOWN (RFC
    /// 8326), then withdrawn, then the session ends with Cease 6/2, by a hard reset where the peer
    /// would keep the routes (RFC 8538). Peers that are set later get no session. Lasts until
    /// [#undrain].
    ///
    /// @param why told to the peers (RFC 9003)
    public void drain(String why) {
        host.execute(() -> drain.begin(why));
    }

    /// The node takes traffic again: sessions that were ended are started, marks are taken off.
    public void undrain() {
        host.execute(drain::undo);
    }

    /// Ends all sessions until this node's speaker comes back. A peer that agreed to keep its
    /// routes over a restart loses the connection and is told nothing; the traffic of all others is
    /// taken away first, as by [#drain], at once unless a drain time is given, and in 25 s at most.
    /// Of a node that is being drained no peer keeps routes.
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        boolean isDrained = host.call(drain::isInForce);
        Predicate<PeerSession> comesBack = session -> session.keepsRoutes() && !isDrained;
        drain.awaitLeave(comesBack.negate(), SHUTDOWN);
        host.close(session -> {
            if (comesBack.test(session)) {
                session.leave(SHUTDOWN);
            } else {
                session.stop(SHUTDOWN);
            }
        });
    }

    private void change(String peer, Map<IpPrefix, RouteAttributes> announced, Set<IpPrefix> gone) {
        rib(peer).change(announced, gone);
        host.scheduleRoutes(peer);
    }

    /// Somebody calls who is no configured peer.
    private void admit(IpAddress caller) {
        List<PeerSettings> present = host.sessions().stream().map(PeerSession::settings).toList();
        Optional<PeerSettings> guest =
                drain.isInForce() ? Optional.empty() : dynamic.admit(caller, present);
        guest.ifPresent(settings -> {
            rib(settings.name()).change(rib(dynamic.host(settings.name())).wanted(), Set.of());
            host.add(settings, rib(settings.name()), RouteSink.NONE, drain::start);
        });
    }

    /// A session has lost its connection: who came by himself may come again.
    private void left(String peer) {
        host.execute(() -> {
            if (dynamic.isDynamic(peer)) {
                dynamic.forget(peer);
                routes.remove(peer);
                host.remove(peer, session -> session.stop(DE_CONFIGURED));
            }
        });
    }

    private void reconcile(Map<String, PeerSettings> wanted) {
        List<PeerSettings> present = host.sessions().stream().map(PeerSession::settings).toList();
        for (PeerSettings peer : present) {
            PeerSettings now =
                    Optional.ofNullable(wanted.get(peer.name()))
                            .or(() -> dynamic.settings(peer, wanted))
                            .orElse(null);
            if (now == null) {
                host.remove(peer.name(), session -> session.stop(DE_CONFIGURED));
            } else if (!now.isSameSession(peer)) {
                host.remove(peer.name(), session -> drain.end(session, CHANGED));
            } else if (!now.equals(peer)) {
                host.withSession(peer.name(), session -> session.export(now));
            }
        }
        Set<String> kept =
                host.sessions().stream()
                        .map(session -> session.settings().name())
                        .collect(Collectors.toSet());
        present.stream()
                .map(PeerSettings::name)
                .filter(name -> !kept.contains(name))
                .forEach(dynamic::forget);
        routes.keySet().removeIf(name -> !wanted.containsKey(name) && !kept.contains(name));
        for (PeerSettings peer : wanted.values()) {
            if (!kept.contains(peer.name())) {
                host.add(peer, rib(peer.name()), RouteSink.NONE, drain::start);
            }
        }
    }

    private AdjRibOut rib(String peer) {
        return routes.computeIfAbsent(peer, _ -> new AdjRibOut());
    }
}

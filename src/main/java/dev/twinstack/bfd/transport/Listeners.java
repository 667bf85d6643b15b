package dev.twinstack.bfd.transport;

import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.net.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sockets that the present sessions are heard on, no more. A family is heard on all addresses,
/// or, where each of its sessions names a local one, on these alone: so two systems can live on one
/// machine.
///
/// What can't be had is tried again and again.
final class Listeners {

    static final int SINGLE_HOP_PORT = 3784;
    static final int MULTIHOP_PORT = 4784;

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    /// Hears a datagram.
    interface Hearer {
        void heard(boolean multihop, Datagram datagram);
    }

    /// Where to listen.
    private record Place(IpAddress address, boolean multihop) {

        int port() {
            return multihop ? MULTIHOP_PORT : SINGLE_HOP_PORT;
        }
    }

    /// So many datagrams of one socket are read before the timers have their turn.
    private static final int BATCH = 1024;

    private final Map<Place, ReceivingSocket> open = new LinkedHashMap<>();
    private final Map<Place, String> missing = new LinkedHashMap<>();
    private @Nullable Instant retryAt;

    void set(Collection<BfdSettings> sessions, Instant now) {
        Set<Place> wanted = places(sessions);
        for (Place place : List.copyOf(open.keySet())) {
            if (!wanted.contains(place)) {
                closeSocket(place);
            }
        }
        missing.keySet().retainAll(wanted);
        wanted.forEach(place -> bind(place, now));
    }

    List<Integer> descriptors() {
        return open.values().stream().map(ReceivingSocket::descriptor).toList();
    }

    void read(Hearer hearer) {
        for (Map.Entry<Place, ReceivingSocket> one : List.copyOf(open.entrySet())) {
            try {
                boolean more = true;
                for (int i = 0; i < BATCH && more; i++) {
                    Optional<Datagram> datagram = one.getValue().receive();
                    datagram.ifPresent(heard -> hearer.heard(one.getKey().multihop(), heard));
                    more = datagram.isPresent();
                }
            } catch (IOException e) {
                log.atWarn().addKeyValue("reason", e.getMessage()).log("BFD socket is broken");
                closeSocket(one.getKey());
                missing.put(one.getKey(), String.valueOf(e.getMessage()));
                retryAt = Instant.MIN;
            }
        }
    }

    /// Why a session can't hear anything.
    Optional<String> trouble(BfdPath path) {
        return missing.entrySet().stream()
                .filter(entry ->
                        entry.getKey().multihop() == path.multihop()
                                && entry.getKey().address().family() == path.remote().family())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    Optional<Instant> nextDeadline() {
        return missing.isEmpty() ? Optional.empty() : Optional.ofNullable(retryAt);
    }

    void tick(Instant now) {
        if (nextDeadline().filter(at -> !now.isBefore(at)).isPresent()) {
            List.copyOf(missing.keySet()).forEach(place -> bind(place, now));
        }
    }

    void close() {
        open.values().forEach(ReceivingSocket::close);
        open.clear();
        missing.clear();
    }

    private void bind(Place place, Instant now) {
        if (open.containsKey(place)) {
            return;
        }
        try {
            open.put(place, ReceivingSocket.bind(place.address(), place.port()));
            missing.remove(place);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(missing.put(place, reason))) {
                log.atWarn().addKeyValue("reason", reason).log("BFD can't listen, trying again");
            }
            retryAt = now.plus(RETRY);
        }
    }

    private void closeSocket(Place place) {
        ReceivingSocket socket = open.remove(place);
        if (socket != null) {
            socket.close();
        }
    }

    private static Set<Place> places(Collection<BfdSettings> sessions) {
        List<Place> all = new ArrayList<>();
        for (BfdSettings session : sessions) {
            BfdPath path = session.path();
            IpAddress any = SendingSocket.any(path.remote().family());
            boolean isZoned = path.local().filter(IpAddress::isLinkLocal).isPresent();
            all.add(new Place(isZoned ? any : path.local().orElse(any), path.multihop()));
        }
        Set<Place> places = new HashSet<>(all);
        for (Place place : all) {
            if (place.address().isUnspecified()) {
                places.removeIf(other ->
                        !other.address().isUnspecified()
                                && other.multihop() == place.multihop()
                                && other.address().family() == place.address().family());
            }
        }
        return places;
    }
}

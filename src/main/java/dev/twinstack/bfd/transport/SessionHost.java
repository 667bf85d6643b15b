package dev.twinstack.bfd.transport;

import dev.twinstack.bfd.BfdEvents;
import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bfd.BfdStatus;
import dev.twinstack.bfd.session.SessionEvent;
import dev.twinstack.bfd.session.SessionFsm;
import dev.twinstack.bfd.wire.ControlPacket;
import dev.twinstack.bfd.wire.Decoded;
import dev.twinstack.bfd.wire.EchoPacket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All sessions of a speaker, on the loop's thread alone: which packet is whose, which timer is
/// next.
final class SessionHost implements Loop.Work {

    private static final Logger log = LoggerFactory.getLogger(SessionHost.class);

    /// So long a session that was taken away goes on saying AdminDown (RFC 5880 section 6.8.16).
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    /// From a direct neighbour nothing less is taken (RFC 5881 section 5).
    private static final int MAX_TTL = 255;

    private record Leaving(SessionRunner session, Instant until) {}

    private final Map<BfdPath, SessionRunner> sessions = new LinkedHashMap<>();
    private final Map<Integer, SessionRunner> byDiscriminator = new HashMap<>();
    private final Map<BfdPath, Leaving> leaving = new HashMap<>();
    private final Listeners listeners = new Listeners();
    private final EchoPort echo = new EchoPort();
    private final RandomGenerator random = new SplittableRandom();
    private final BfdEvents events;
    private final InstantSource clock;
    private boolean isWarm;
    private boolean done;

    SessionHost(BfdEvents events, InstantSource clock) {
        this.events = new GuardedEvents(events);
        this.clock = clock;
    }

    /// New sessions begin, missing ones end with AdminDown, changed ones negotiate; those with
    /// another key begin anew.
    void set(Map<BfdPath, BfdSettings> asked) {
        Map<BfdPath, BfdSettings> wanted = new LinkedHashMap<>();
        if (!isWarm) {
            asked.values().stream().limit(1).forEach(WarmUp::run);
            isWarm = !asked.isEmpty();
        }
        asked.forEach((path, settings) -> wanted.put(path, echo.possible(settings)));
        Instant now = clock.instant();
        for (SessionRunner session : List.copyOf(sessions.values())) {
            BfdSettings next = wanted.get(session.path());
            if (next == null || !next.key().equals(session.settings().key())) {
                remove(session, now);
            } else if (!next.equals(session.settings())) {
                session.handle(new SessionEvent.Reconfigured(next), now);
            }
        }
        listeners.set(wanted.values(), now);
        wanted.values().stream()
                .filter(settings -> !sessions.containsKey(settings.path()))
                .forEach(settings -> add(settings, now));
    }

    /// In the order they were added.
    List<BfdStatus> statuses() {
        return sessions.values().stream()
                .map(session -> session.status(listeners.trouble(session.path())))
                .toList();
    }

    /// All sessions say AdminDown; after that there is nothing left to do.
    void stop() {
        Instant now = clock.instant();
        sessions.values().forEach(session -> session.handle(new SessionEvent.Stop(), now));
        done = true;
    }

    @Override
    public List<Integer> descriptors() {
        return Stream.concat(listeners.descriptors().stream(), echo.descriptors().stream())
                .toList();
    }

    @Override
    public void read() {
        listeners.read(this::heard);
        echo.read(this::returned);
    }

    @Override
    public Optional<Instant> nextDeadline() {
        return Stream.of(
                        running().map(SessionRunner::nextDeadline).flatMap(Optional::stream),
                        leaving.values().stream().map(Leaving::until),
                        listeners.nextDeadline().stream())
                .flatMap(deadlines -> deadlines)
                .min(Instant::compareTo);
    }

    @Override
    public void tick() {
        Instant now = clock.instant();
        running().toList().forEach(session -> session.tick(now));
        List.copyOf(leaving.values()).stream()
                .filter(gone -> !now.isBefore(gone.until()))
                .forEach(gone -> forget(gone.session()));
        listeners.tick(now);
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public void close() {
        running().forEach(SessionRunner::close);
        listeners.close();
        echo.close();
    }

    private Stream<SessionRunner> running() {
        return Stream.concat(
                sessions.values().stream(), leaving.values().stream().map(Leaving::session));
    }

    private void add(BfdSettings settings, Instant now) {
        List.copyOf(leaving.values()).stream()
                .filter(gone -> isToTheSame(gone.session().path(), settings.path()))
                .forEach(gone -> forget(gone.session()));
        SessionRunner session =
                new SessionRunner(
                        SessionFsm.of(settings, freeDiscriminator(), random),
                        new UdpOutput(settings.path(), random, echo),
                        events,
                        now);
        sessions.put(settings.path(), session);
        byDiscriminator.put(session.discriminator(), session);
        session.handle(new SessionEvent.Start(), now);
    }

    /// Whether the peer has one session for both: it would take the old one's AdminDown for the new
    /// one's.
    private static boolean isToTheSame(BfdPath one, BfdPath other) {
        return one.remote().equals(other.remote()) && one.multihop() == other.multihop();
    }

    private void remove(SessionRunner session, Instant now) {
        sessions.remove(session.path());
        session.handle(new SessionEvent.Stop(), now);
        leaving.put(session.path(), new Leaving(session, now.plus(FAREWELL)));
    }

    private void forget(SessionRunner session) {
        leaving.remove(session.path());
        byDiscriminator.remove(session.discriminator());
        session.close();
    }

    private int freeDiscriminator() {
        int number = 0;
        while (number == 0 || byDiscriminator.containsKey(number)) {
            number = random.nextInt();
        }
        return number;
    }

    private void heard(boolean multihop, Datagram datagram) {
        switch (ControlPacket.decode(datagram.payload())) {
            case Decoded.Packet(ControlPacket packet) -> heard(multihop, datagram, packet);
            case Decoded.Discarded(String reason) ->
                    byAddress(multihop, datagram)
                            .ifPresentOrElse(
                                    session -> session.discard(reason),
                                    () -> nobodys(datagram, reason));
        }
    }

    private void heard(boolean multihop, Datagram datagram, ControlPacket packet) {
        Optional<SessionRunner> session =
                packet.yourDiscriminator() == 0
                        ? byAddress(multihop, datagram)
                        : Optional.ofNullable(byDiscriminator.get(packet.yourDiscriminator()))
                                .filter(one -> one.path().multihop() == multihop);
        if (session.isEmpty()) {
            nobodys(datagram, "no such session");
            return;
        }
        int least = multihop ? session.get().settings().minimumTtl() : MAX_TTL;
        if (datagram.ttl() < least) {
            session.get()
                    .discard(
                            "TTL %d is less than the %d asked for"
                                    .formatted(datagram.ttl(), least));
        } else {
            session.get().received(packet, datagram, clock.instant());
        }
    }

    private void returned(EchoPacket packet) {
        SessionRunner session = byDiscriminator.get(packet.discriminator());
        if (session != null) {
            session.handle(new SessionEvent.Echoed(packet), clock.instant());
        }
    }

    /// A packet that does not name our session yet (RFC 5881 section 3, RFC 5883 section 4).
    private Optional<SessionRunner> byAddress(boolean multihop, Datagram datagram) {
        return sessions.values().stream()
                .filter(session -> {
                    BfdPath path = session.path();
                    return path.multihop() == multihop
                            && path.remote().equals(datagram.source())
                            && path.local().map(datagram.destination()::equals).orElse(true)
                            && isOn(path, datagram.device());
                })
                .findFirst();
    }

    private static boolean isOn(BfdPath path, int device) {
        try {
            return path.device().isEmpty() || SendingSocket.device(path) == device;
        } catch (IOException e) {
            return false;
        }
    }

    private static void nobodys(Datagram datagram, String reason) {
        log.atTrace()
                .addKeyValue("source", datagram.source())
                .addKeyValue("reason", reason)
                .log("BFD packet discarded");
    }

    static Map<BfdPath, BfdSettings> byPath(Collection<BfdSettings> sessions) {
        Map<BfdPath, BfdSettings> byPath = new LinkedHashMap<>();
        for (BfdSettings session : new ArrayList<>(sessions)) {
            if (byPath.put(session.path(), session) != null) {
                throw new IllegalArgumentException("Two BFD sessions to " + session.path());
            }
        }
        return byPath;
    }
}

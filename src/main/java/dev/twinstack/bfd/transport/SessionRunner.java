package dev.twinstack.bfd.transport;

import dev.twinstack.bfd.BfdCounters;
import dev.twinstack.bfd.BfdDown;
import dev.twinstack.bfd.BfdEvents;
import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bfd.BfdState;
import dev.twinstack.bfd.BfdStatus;
import dev.twinstack.bfd.session.SessionAction;
import dev.twinstack.bfd.session.SessionEvent;
import dev.twinstack.bfd.session.SessionFsm;
import dev.twinstack.bfd.session.Step;
import dev.twinstack.bfd.wire.ControlPacket;
import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one session: carries out its actions, counts, tells. All methods are called on the loop's
/// thread.
final class SessionRunner {

    /// Where packets go.
    interface Output extends AutoCloseable {

        /// @return why it was not sent
        Optional<String> send(byte[] octets);

        Optional<String> sendEcho(byte[] octets);

        /// Our address and interface that the peer's packets come to: where echo packets go from.
        void heardAt(IpAddress address, int interfaceIndex);

        @Override
        void close();
    }

    private static final Logger log = LoggerFactory.getLogger(SessionRunner.class);

    private final Output output;
    private final BfdEvents events;
    private SessionFsm fsm;
    private Instant since;
    private @Nullable String lastDown;
    private @Nullable String sendTrouble;
    private @Nullable String lastDiscard;
    private long controlSent;
    private long controlReceived;
    private long echoSent;
    private long echoReceived;
    private long discarded;
    private long ups;
    private long downs;

    /// @param events wrapped so that it does not throw
    SessionRunner(SessionFsm fsm, Output output, BfdEvents events, Instant now) {
        this.fsm = fsm;
        this.output = output;
        this.events = events;
        this.since = now;
    }

    BfdPath path() {
        return settings().path();
    }

    BfdSettings settings() {
        return fsm.settings();
    }

    int discriminator() {
        return fsm.discriminator();
    }

    Optional<Instant> nextDeadline() {
        return fsm.nextDeadline();
    }

    void tick(Instant now) {
        if (nextDeadline().filter(at -> !now.isBefore(at)).isPresent()) {
            handle(new SessionEvent.Tick(), now);
        }
    }

    void handle(SessionEvent event, Instant now) {
        BfdState before = fsm.state();
        Step step = fsm.on(event, now);
        count(event, step);
        fsm = step.next();
        if (fsm.state() != before) {
            since = now;
        }
        step.actions().forEach(this::perform);
    }

    void received(ControlPacket packet, Datagram datagram, Instant now) {
        output.heardAt(datagram.destination(), datagram.device());
        handle(new SessionEvent.Received(packet), now);
    }

    /// A packet to this session that is not taken.
    void discard(String reason) {
        discarded++;
        lastDiscard = "packets from the peer are discarded: " + reason;
        log.atTrace()
                .addKeyValue("peer", path())
                .addKeyValue("reason", reason)
                .log("BFD packet discarded");
    }

    /// @param trouble what else keeps it from coming up
    BfdStatus status(Optional<String> trouble) {
        Optional<String> why =
                trouble.or(() -> Optional.ofNullable(sendTrouble))
                        .or(() -> Optional.ofNullable(lastDiscard))
                        .filter(_ -> fsm.state() != BfdState.UP)
                        .or(() -> Optional.ofNullable(lastDown));
        return new BfdStatus(
                settings(),
                fsm.state(),
                fsm.remoteState(),
                since,
                fsm.transmitInterval(),
                fsm.detectionTime(),
                fsm.isEchoing(),
                why,
                new BfdCounters(
                        controlSent,
                        controlReceived,
                        echoSent,
                        echoReceived,
                        discarded,
                        ups,
                        downs));
    }

    void close() {
        output.close();
    }

    private void count(SessionEvent event, Step step) {
        boolean isTaken =
                step.actions().stream()
                        .noneMatch(action -> action instanceof SessionAction.Discard);
        switch (event) {
            case SessionEvent.Received _ -> controlReceived += isTaken ? 1 : 0;
            case SessionEvent.Echoed _ -> echoReceived += isTaken ? 1 : 0;
            case SessionEvent.Start _,
                    SessionEvent.Tick _,
                    SessionEvent.Reconfigured _,
                    SessionEvent.Stop _ -> {}
        }
    }

    private void perform(SessionAction action) {
        switch (action) {
            case SessionAction.Send(var packet) -> {
                sendTrouble = output.send(packet.encode()).orElse(null);
                controlSent += sendTrouble == null ? 1 : 0;
            }
            case SessionAction.SendEcho(var packet) ->
                    echoSent += output.sendEcho(packet.encode()).isEmpty() ? 1 : 0;
            case SessionAction.Up _ -> up();
            case SessionAction.Down(BfdDown down) -> down(down);
            case SessionAction.Discard(String reason) -> discard(reason);
        }
    }

    private void up() {
        ups++;
        lastDiscard = null;
        log.atInfo().addKeyValue("peer", path()).log("BFD session up");
        events.sessionUp(path());
    }

    private void down(BfdDown down) {
        downs++;
        lastDown = down.reason();
        log.atInfo()
                .addKeyValue("peer", path())
                .addKeyValue("reason", down.reason())
                .log("BFD session down");
        events.sessionDown(path(), down);
    }
}

package dev.twinstack.bgp.session;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.CapabilityList;
import dev.twinstack.bgp.wire.ErrorCode;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.MultiprotocolCapability;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.util.List;

/// Says in words why a session is not there, and what is likely behind it. One line each, made for
/// a person who configures both ends.
record Diagnosis(PeerSettings settings) {

    /// The peer ended the session with a NOTIFICATION.
    String received(NotificationMessage notification) {
        return withCause(
                "the peer closed with " + text(notification),
                causeAtPeer(notification.hardResetCause().orElse(notification)));
    }

    /// We ended the session over octets that make no sense.
    String malformed(NotificationMessage answer, String what) {
        return withCause("we closed with " + text(answer), what);
    }

    /// We ended the session over an OPEN that is well-formed but not what was configured.
    static String refused(NotificationMessage answer, String why) {
        return withCause("we closed with " + text(answer), why);
    }

    /// We ended the session because the way to the peer is dead.
    static String pathDown(NotificationMessage farewell, String why) {
        return withCause("we closed with " + text(farewell), why);
    }

    String unexpected(SessionState state, BgpMessage message) {
        return "we closed with 5 Finite State Machine Error: the peer sent %s in state %s"
                .formatted(name(message), state);
    }

    String noOpen() {
        return "we closed with 4/0 Hold Timer Expired: the peer took the connection but sent no"
                + " OPEN for 4 minutes";
    }

    String silence(Duration holdTime) {
        return "we closed with 4/0 Hold Timer Expired: nothing heard from the peer for %d s"
                .formatted(holdTime.toSeconds());
    }

    String stopped(NotificationMessage farewell) {
        return "we closed with " + text(farewell);
    }

    String noAnswer() {
        return unanswered("within %s".formatted(seconds(settings.connectRetry())));
    }

    String connectFailed(SessionEvent.ConnectFailed failed) {
        return switch (failed.failure()) {
            case REFUSED ->
                    "connection refused: nothing listens for BGP at %s, or a firewall is in between"
                            .formatted(target());
            case UNREACHABLE ->
                    withCause(
                            "%s is unreachable (%s)".formatted(target(), failed.detail()),
                            "is it on this node's network, or is there a route to it?");
            case TIMED_OUT -> unanswered("in time");
            case NO_SUCH_SOURCE ->
                    "source address %s is not an address of this node"
                            .formatted(settings.sourceAddress().map(Object::toString).orElse("?"));
            case OTHER -> "no connection to %s: %s".formatted(target(), failed.detail());
        };
    }

    /// The connection ended without a NOTIFICATION.
    String closed(SessionState state, String detail) {
        String what = "the peer closed the connection in state %s (%s)".formatted(state, detail);
        return state == SessionState.OPEN_SENT
                ? withCause(
                        what,
                        "does it know this node as a neighbor, with this address and within its"
                                + " hop limit?")
                : what;
    }

    private String unanswered(String time) {
        return withCause(
                "no answer from %s %s".formatted(target(), time),
                settings.password().isPresent()
                        ? "is it up, and has it the same password?"
                        : "is it up, or does it ask for a password?");
    }

    private String causeAtPeer(NotificationMessage notification) {
        return switch (notification.error().code()) {
            case 2 -> causeInOpen(notification);
            case 4 -> "it heard nothing from us for its hold time";
            case 6 -> causeOfCease(notification.error());
            default -> "";
        };
    }

    private String causeInOpen(NotificationMessage notification) {
        return switch (notification.error().subcode()) {
            case 2 -> "it expects another ASN than %s".formatted(settings.localAsn());
            case 3 -> "it does not take our router ID %s".formatted(settings.routerId());
            case 6 ->
                    "it does not take our hold time of %s".formatted(seconds(settings.holdTime()));
            case 7 -> causeOfRefusal(notification);
            default -> "";
        };
    }

    private String causeOfRefusal(NotificationMessage notification) {
        List<IpFamily> named =
                CapabilityList.of(notification).stream()
                        .filter(MultiprotocolCapability.class::isInstance)
                        .map(capability -> ((MultiprotocolCapability) capability).family())
                        .flatMap(family -> family.ipFamily().stream())
                        .toList();
        return named.isEmpty()
                ? "we have no address family in common; we offer "
                        + FamilyText.of(settings.families())
                : "it does not take " + FamilyText.of(named);
    }

    private static String causeOfCease(ErrorCode error) {
        return switch (error.subcode()) {
            case 1 -> "it allows fewer prefixes than we announced";
            case 2 -> "its operator shut the session down";
            case 3 -> "its operator took us out of its configuration";
            case 4 -> "its operator reset the session";
            case 5 -> "it does not want this session now";
            case 6 -> "its configuration changed";
            case 7 ->
                    "it has another connection with us, perhaps one that is dead but not timed out";
            case 10 -> "its BFD session with us went down";
            default -> "";
        };
    }

    private String target() {
        return settings.address() + " port " + settings.port();
    }

    private static String withCause(String what, String cause) {
        return cause.isEmpty() ? what : what + ": " + cause;
    }

    /// Like `2/2 Bad Peer AS`, or `6/2 Administrative Shutdown "back at noon"`.
    private static String text(NotificationMessage notification) {
        return notification
                .hardResetCause()
                .map(cause -> "6/9 Hard Reset for " + plain(cause))
                .orElseGet(() -> plain(notification));
    }

    private static String plain(NotificationMessage notification) {
        ErrorCode error = notification.error();
        String name = error.subcode() == 0 ? error.codeName() : error.subcodeName();
        return "%d/%d %s%s"
                .formatted(
                        error.code(),
                        error.subcode(),
                        name,
                        notification
                                .communication()
                                .map(text -> " \"" + text.replaceAll("\\p{Cntrl}", "?") + "\"")
                                .orElse(""));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }

    private static String name(BgpMessage message) {
        return switch (message) {
            case OpenMessage _ -> "OPEN";
            case UpdateMessage _ -> "UPDATE";
            case NotificationMessage _ -> "NOTIFICATION";
            case KeepaliveMessage _ -> "KEEPALIVE";
            case RouteRefreshMessage _ -> "ROUTE-REFRESH";
        };
    }
}

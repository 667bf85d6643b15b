package dev.twinstack.bgp.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.bgp.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the RFCs want as reaction to a line of `malformed.jsonl`, and what else passes. The same
/// judgement serves the decoder alone and a whole session.
///
/// @param data of the NOTIFICATION as hex, where an RFC asks for it
/// @param acceptableActions actions that pass too
/// @param acceptableErrors NOTIFICATIONs that pass too
public record Expectation(
        String action,
        Optional<ErrorCode> notification,
        Optional<String> data,
        Set<String> acceptableActions,
        Set<ErrorCode> acceptableErrors) {

    private static final Set<String> ACTIONS =
            Set.of(
                    "session-reset",
                    "treat-as-withdraw",
                    "attribute-discard",
                    "accept",
                    "route-not-used",
                    "close-without-notification",
                    "no-crash");

    /// Passes nowhere: we don't do it.
    private static final String FAMILY_DISABLED = "afi-safi-disable";

    public static Expectation read(JsonNode expect) {
        VectorFile.requireKnown(
                expect, Set.of("action", "notification", "data", "acceptable", "note"));
        List<String> actions = new ArrayList<>();
        List<ErrorCode> errors = new ArrayList<>();
        for (JsonNode acceptable : expect.path("acceptable")) {
            if (acceptable.isArray()) {
                errors.add(error(acceptable));
            } else {
                actions.add(known(acceptable.textValue()));
            }
        }
        return new Expectation(
                known(expect.get("action").textValue()),
                Optional.ofNullable(expect.get("notification")).map(Expectation::error),
                Optional.ofNullable(expect.get("data")).map(JsonNode::textValue),
                Set.copyOf(actions),
                Set.copyOf(errors));
    }

    private static ErrorCode error(JsonNode pair) {
        return new ErrorCode(pair.get(0).intValue(), pair.get(1).intValue());
    }

    private static String known(String action) {
        if (!ACTIONS.contains(action) && !action.equals(FAMILY_DISABLED)) {
            throw new AssertionError("No such action: " + action);
        }
        return action;
    }

    /// Whether this reaction is the wanted one or passes too.
    public boolean isMetBy(Reaction reaction) {
        if (reaction instanceof Reaction.SessionReset reset) {
            return isMetBy(reset);
        }
        return isAction(action, reaction)
                || acceptableActions.stream().anyMatch(other -> isAction(other, reaction));
    }

    private boolean isMetBy(Reaction.SessionReset reset) {
        boolean wanted =
                action.equals("session-reset")
                        && notification.filter(reset.error()::equals).isPresent()
                        && data.filter(octets -> !octets.equals(reset.data().toString())).isEmpty();
        return wanted
                || action.equals("no-crash")
                || acceptableActions.contains("session-reset")
                || acceptableErrors.contains(reset.error());
    }

    private static boolean isAction(String action, Reaction reaction) {
        return switch (action) {
            case "accept", "attribute-discard" ->
                    reaction instanceof Reaction.Announced
                            || reaction instanceof Reaction.SessionUp;
            case "treat-as-withdraw" ->
                    reaction instanceof Reaction.Withdrawn
                            || reaction instanceof Reaction.SessionUp;
            case "route-not-used" -> reaction instanceof Reaction.NotUsed;
            case "close-without-notification" -> reaction instanceof Reaction.Closed;
            case "no-crash" -> true;
            default -> false;
        };
    }

    /// Whether only the session as a whole can tell: it needs our own AS, our own addresses or the
    /// state of the session. The decoder alone must let such a message pass.
    public boolean isUpToTheSession() {
        boolean bySession =
                notification
                        .filter(error ->
                                error.code() == 5
                                        || error.equals(ErrorCode.BAD_PEER_AS)
                                        || error.equals(ErrorCode.UNSUPPORTED_CAPABILITY)
                                        || error.equals(ErrorCode.ROLE_MISMATCH))
                        .isPresent();
        return bySession || action.equals("route-not-used");
    }
}

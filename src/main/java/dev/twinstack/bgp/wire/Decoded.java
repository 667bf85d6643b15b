package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What became of the octets at hand.
public sealed interface Decoded {

    /// Less than one message is there; nothing was consumed.
    record Incomplete() implements Decoded {

        public static final Incomplete INSTANCE = new Incomplete();
    }

    /// One well-formed message was consumed.
    record Message(BgpMessage message) implements Decoded {

        static final Message KEEPALIVE = new Message(KeepaliveMessage.INSTANCE);

        public Message {
            requireNonNull(message, "message");
        }
    }

    /// One UPDATE was consumed that is in error without costing the session (RFC 7606).
    ///
    /// @param message what to act on instead: without the discarded attributes or, where any fault
    ///   demands [AttributeFault.Reaction#TREAT_AS_WITHDRAW], with every announced prefix
    ///   withdrawn. Then it may hold MP_UNREACH_NLRI for two families
    /// @param faults never empty; for the log and the counters
    record Repaired(UpdateMessage message, List<AttributeFault> faults) implements Decoded {

        public Repaired {
            requireNonNull(message, "message");
            faults = List.copyOf(faults);
        }

        /// Whether the announced prefixes became withdrawals.
        public boolean withdrawn() {
            return faults.stream()
                    .anyMatch(
                            fault -> fault.reaction() == AttributeFault.Reaction.TREAT_AS_WITHDRAW);
        }
    }

    /// The session must end with this notification; nothing further may be read.
    ///
    /// @param reason one line for people, without the code
    record SessionError(NotificationMessage notification, String reason) implements Decoded {

        public SessionError {
            requireNonNull(notification, "notification");
            requireNonNull(reason, "reason");
        }
    }

    static SessionError error(ErrorCode code, String reason) {
        return error(code, Octets.EMPTY, reason);
    }

    static SessionError error(ErrorCode code, Octets data, String reason) {
        return new SessionError(new NotificationMessage(code, data), reason);
    }
}

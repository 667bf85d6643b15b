package dev.twinstack.bgp.session;

import dev.twinstack.bgp.wire.NotificationMessage;
import java.util.List;

/// What one event does to one conversation.
sealed interface Outcome {

    /// It goes on, perhaps in another state.
    record Continue(Conversation next, List<SessionAction> actions) implements Outcome {

        public Continue {
            actions = List.copyOf(actions);
        }

        static Continue with(Conversation next, SessionAction... actions) {
            return new Continue(next, List.of(actions));
        }
    }

    /// It is over.
    ///
    /// @param reason in words, with the likely cause
    record End(String reason, Backoff.Pace pace, List<SessionAction> actions) implements Outcome {

        public End {
            actions = List.copyOf(actions);
        }

        /// Ended by us, with a NOTIFICATION.
        static End byUs(Link link, NotificationMessage notification, String reason) {
            return new End(
                    reason,
                    Backoff.paceAfter(notification),
                    List.of(
                            new SessionAction.Send(link, notification),
                            new SessionAction.Close(link)));
        }

        /// Ended by the peer: a NOTIFICATION is never answered.
        static End byPeer(Link link, Backoff.Pace pace, String reason) {
            return new End(reason, pace, List.of(new SessionAction.Close(link)));
        }
    }
}

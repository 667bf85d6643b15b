package dev.twinstack.operator.speaker;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who has a prefix, who has not, and why, as the HTTP API shows it.
///
/// @param verdict the answer in one line
/// @param services `namespace/name` of the Services with an address in the prefix
/// @param peers one for each node and peer
public record RouteAnswer(
        String prefix, String verdict, List<String> services, List<PeerAnswer> peers) {

    /// @param selected whether the node has a session with the peer at all
    /// @param wanted whether the node is to announce it there
    /// @param sent whether the peer has it, as far as we know
    /// @param as the aggregate that it is part of
    /// @param localPref what the configuration wants, if it says
    /// @param why it is not sent
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PeerAnswer(
            String node,
            String peer,
            boolean selected,
            boolean wanted,
            boolean sent,
            @Nullable String as,
            @Nullable Long localPref,
            List<String> communities,
            List<String> services,
            @Nullable String why) {}
}

package dev.twinstack.operator.speaker;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One route to one peer, as the HTTP API shows it.
///
/// @param localPref what the configuration wants, if it says
/// @param services `namespace/name` of the Services behind it, in order
/// @param sent whether the peer has it, as far as we know
/// @param because why it is not sent
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RouteReport(
        String node,
        String peer,
        String prefix,
        String family,
        @Nullable Long localPref,
        List<String> communities,
        List<String> services,
        boolean sent,
        @Nullable String because) {}

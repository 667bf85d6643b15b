package dev.twinstack.admission.http;

import dev.twinstack.admission.WebhookMetrics.Outcome;

/// One webhook: a body in, a body out, both JSON. May block; for any thread.
@FunctionalInterface
public interface BodyHandler {

    Answer handle(byte[] body) throws MalformedBodyException;

    /// @param body JSON, not copied
    @SuppressWarnings("ArrayRecordComponent") // goes straight to the socket, is never compared
    record Answer(byte[] body, Outcome outcome) {}
}

package dev.twinstack.bfd.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The echo function of a session (RFC 5880 section 6.4).
///
/// @param sendAt when the next one is due; null: echo is off
/// @param returned when one came back last, or when it began
/// @param sequence of the next one
record Echo(@Nullable Instant sendAt, Instant returned, int sequence) {

    static final Echo OFF = new Echo(null, Instant.MIN, 0);

    boolean isOn() {
        return sendAt != null;
    }
}

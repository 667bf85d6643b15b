package dev.twinstack.admission.http;

import org.jspecify.annotations.Nullable;

/// The body is not what the webhook is for; the message is one line for whoever sent it.
final class MalformedBodyException extends Exception {

    private static final int LONGEST = 200;

    MalformedBodyException(String message, @Nullable Throwable cause) {
        super(oneLine(message), cause);
    }

    private static String oneLine(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }

    /// Never null, unlike in general.
    String text() {
        return String.valueOf(getMessage());
    }
}

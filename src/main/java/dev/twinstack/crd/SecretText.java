package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Text that must not be shown: plain in JSON, hidden everywhere else.
public record SecretText(@JsonValue String value) {

    @JsonCreator
    public static SecretText of(String value) {
        return new SecretText(value);
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return "SecretText[redacted]";
    }
}

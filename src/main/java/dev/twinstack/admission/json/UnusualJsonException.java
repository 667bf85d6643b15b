package dev.twinstack.admission.json;

import java.io.IOException;

/// Not what the API server writes. Nothing is said against it: the full model may read it.
public final class UnusualJsonException extends IOException {

    UnusualJsonException(String message) {
        super(message);
    }
}

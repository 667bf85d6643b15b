package dev.twinstack.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;

/// Why a call of the API server has failed, in one line.
public final class Reasons {

    private Reasons() {}

    /// The API server's own words where it has answered, however deep they are wrapped; else those
    /// of the innermost cause.
    public static String of(Throwable failure) {
        String answer = null;
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            innermost = cause;
            if (cause instanceof KubernetesClientException refused
                    && refused.getStatus() != null
                    && refused.getStatus().getMessage() != null) {
                answer = refused.getStatus().getMessage();
            }
        }
        if (answer != null) {
            return answer;
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }
}

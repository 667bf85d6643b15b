package dev.twinstack.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;

/// Why a call of the API server has failed, in one line.
public final class Reasons {

    private Reasons() {}

    public static String of(Throwable failure) {
        if (failure instanceof KubernetesClientException refused
                && refused.getStatus() != null
                && refused.getStatus().getMessage() != null) {
            return refused.getStatus().getMessage();
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}

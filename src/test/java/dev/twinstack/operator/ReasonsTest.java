package dev.twinstack.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class ReasonsTest {

    @Test
    void theServersWordsAreFoundHoweverDeepTheyAre() {
        // Given what the client makes of a refusal in a watch
        KubernetesClientException refused =
                new KubernetesClientException(
                        new StatusBuilder()
                                .withCode(403)
                                .withMessage("services is forbidden: User \"x\" cannot list")
                                .build());
        Throwable wrapped =
                new IllegalStateException(
                        "informer",
                        new KubernetesClientException(
                                "Failure executing: GET", new IOException("outer", refused)));

        // Then
        assertThat(Reasons.of(wrapped)).isEqualTo("services is forbidden: User \"x\" cannot list");
    }

    @Test
    void withoutAnAnswerTheInnermostCauseSpeaks() {
        assertThat(
                        Reasons.of(
                                new KubernetesClientException(
                                        "An error has occurred.",
                                        new ConnectException("Connection refused"))))
                .isEqualTo("Connection refused");
        assertThat(Reasons.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    }
}

package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionWatchTest {

    @Test
    void aLookThatFailsIsNotTheLast() {
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger reports = new AtomicInteger();
        try (SessionWatch watch =
                new SessionWatch(
                        () -> {
                            if (looks.incrementAndGet() == 1) {
                                throw new IllegalStateException("The BGP loop failed");
                            }
                            return List.of();
                        },
                        sessions -> reports.incrementAndGet(),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1))) {
            watch.start();

            await().untilAsserted(() -> assertThat(reports).hasPositiveValue());
        }
    }
}

package dev.twinstack.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TenureTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Tenure tenure = new Tenure(nanos::get);

    @Test
    void nobodyDecidesBeforeAnElection() {
        assertThat(tenure.lasts()).isFalse();
    }

    @Test
    void lastsUntilTheDeadlineAlsoOverTheWrapOfTheClock() {
        // Given a tenure of ten seconds
        tenure.extend(Duration.ofSeconds(10));

        // When nearly all of it has passed
        nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);

        // Then it still lasts
        assertThat(tenure.lasts()).isTrue();
    }

    @Test
    void aPausedLeaderFindsItsTimeOver() {
        // Given a tenure of ten seconds
        tenure.extend(Duration.ofSeconds(10));

        // When the process is stopped for as long, and no thread of the election has run since
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());

        // Then it does not answer any more
        assertThat(tenure.lasts()).isFalse();
    }

    @Test
    void endsAtOnceWhenTheLeaseIsLost() {
        // Given
        tenure.extend(Duration.ofSeconds(10));

        // When
        tenure.end();

        // Then
        assertThat(tenure.lasts()).isFalse();
    }
}

package dev.twinstack.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration RETRY = Duration.ofSeconds(5);

    @Test
    void theFirstRetryIsQuick() {
        assertThat(new Backoff(1).delay(Backoff.Pace.ERROR, RETRY, new Random()))
                .isBetween(Duration.ofMillis(75), Duration.ofMillis(100));
    }

    @Test
    void waitsGrowUpToTheCapOfTheirPace() {
        RandomGenerator longest = () -> -1L;
        Backoff often = new Backoff(1000);

        assertThat(often.delay(Backoff.Pace.CONNECT, RETRY, longest))
                .isCloseTo(RETRY, Duration.ofMillis(1));
        assertThat(often.delay(Backoff.Pace.ERROR, RETRY, longest))
                .isCloseTo(Duration.ofSeconds(10), Duration.ofMillis(1));
        assertThat(often.delay(Backoff.Pace.ERROR, Duration.ofMinutes(2), longest))
                .isCloseTo(Duration.ofMinutes(2), Duration.ofMillis(1));
        assertThat(often.delay(Backoff.Pace.COLLISION, RETRY, longest))
                .isCloseTo(Duration.ofSeconds(1), Duration.ofMillis(1));
    }

    @Test
    void twoSpeakersDoNotStayInLockStep() {
        Random random = new Random(1);
        Backoff backoff = new Backoff(3);

        assertThat(backoff.delay(Backoff.Pace.COLLISION, RETRY, random))
                .isNotEqualTo(backoff.delay(Backoff.Pace.COLLISION, RETRY, random));
    }
}

package dev.twinstack.allocation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random pools with policies, Services, claims and events. After every event: no address is held
/// by two Services that may not share it, or by one that a claim or a retention keeps off it; every
/// address is from a pool that allows it; no quota is exceeded; status, index and counters agree;
/// nobody waits who could be served; nothing flaps; each decision is what a model without any index
/// decides.
///
/// `-Dallocation.sequences=100000` for a long run, `-Dallocation.seed=...` for another or a failed
/// one.
class AllocatorPropertyTest {

    private static final int EVENTS = 15;
    private static final int MANY_EVENTS = 40;

    @Test
    void randomSequencesKeepTheInvariants() {
        int sequences = Integer.getInteger("allocation.sequences", 1_000);
        long first = Long.getLong("allocation.seed", 1);
        for (long seed = first; seed < first + sequences; seed++) {
            run(seed, EVENTS);
        }
    }

    @Test
    void longerSequencesDoToo() {
        for (long seed = 1; seed <= 50; seed++) {
            run(seed, MANY_EVENTS);
        }
    }

    /// Each has found a fault once, far beyond what an ordinary run reaches.
    @ParameterizedTest
    @ValueSource(longs = {5_325, 27_283, 44_529, 103_261, 107_880})
    void whatWasWrongOnceStaysRight(long seed) {
        run(seed, EVENTS);
    }

    private static void run(long seed, int events) {
        PropertyWorld world = new PropertyWorld(seed);
        try {
            world.run(events);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed %d, %d events: %s%nafter:%n%s"
                            .formatted(
                                    seed,
                                    events,
                                    e.getMessage(),
                                    String.join("\n", world.events())),
                    e);
        }
    }
}

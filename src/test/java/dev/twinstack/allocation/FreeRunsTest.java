package dev.twinstack.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreeRunsTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, false, 16777216",
        "10.0.0.0/8, true, 16646144",
        "0.0.0.0/0, true, 4261412864",
        "10.0.0.255/32, true, 0",
        "10.0.0.254/31, true, 1",
        "2001:db8::/67, true, 2305843009213693952",
        "2001:db8::/66, false, 9223372036854775807",
        "::/0, false, 9223372036854775807",
    })
    void capacityLeavesAvoidedAddressesOutAndEndsAt2To62(
            String prefix, boolean avoidBuggy, long capacity) {
        FreeRuns runs = new FreeRuns(IpPrefix.parse(prefix).range(), avoidBuggy);

        assertThat(runs.capacity()).isEqualTo(capacity);
        assertThat(runs.isEmpty()).isEqualTo(capacity == 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anyOrderOfTakingAndGivingKeepsWhatASetWouldKeep(boolean avoidBuggy) {
        for (long seed = 1; seed <= 200; seed++) {
            // Given
            Random random = new Random(seed);
            IpAddress first = IpAddress.parse("10.0.0.240").plus(random.nextInt(30));
            IpRange range = new IpRange(first, first.plus(random.nextInt(300)));
            FreeRuns runs = new FreeRuns(range, avoidBuggy);
            NavigableSet<IpAddress> free = addresses(range, avoidBuggy);
            List<IpAddress> all = new ArrayList<>(free);
            // When
            for (int i = 0; i < 600 && !all.isEmpty(); i++) {
                IpAddress address = all.get(random.nextInt(all.size()));
                if (free.remove(address)) {
                    runs.take(address);
                } else {
                    free.add(address);
                    runs.give(address);
                }
                // Then
                assertEquals(free.isEmpty(), runs.isEmpty(), "seed " + seed);
                assertEquals(free.isEmpty() ? null : free.first(), runs.lowest(), "seed " + seed);
            }
            assertThat(drain(runs)).as("seed %d", seed).containsExactlyElementsOf(free);
        }
    }

    @Test
    void theLastAddressesOfAFamilyAreAddressesLikeOthers() {
        FreeRuns runs = new FreeRuns(IpPrefix.parse("255.255.255.252/30").range(), false);

        assertThat(drain(runs)).hasSize(4).endsWith(IpAddress.parse("255.255.255.255"));
    }

    private static NavigableSet<IpAddress> addresses(IpRange range, boolean avoidBuggy) {
        NavigableSet<IpAddress> addresses = new TreeSet<>();
        for (IpAddress a = range.first(); range.contains(a); a = a.next()) {
            if (!avoidBuggy || (a.octets()[3] != 0 && a.octets()[3] != -1)) {
                addresses.add(a);
            }
        }
        return addresses;
    }

    private static List<IpAddress> drain(FreeRuns runs) {
        List<IpAddress> drained = new ArrayList<>();
        for (IpAddress next = runs.lowest(); next != null; next = runs.lowest()) {
            drained.add(next);
            runs.take(next);
        }
        return drained;
    }
}

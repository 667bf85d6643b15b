package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.GracefulRestart;
import dev.twinstack.bgp.Restart;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostUptimeTest {

    private static final GracefulRestart TWO_MINUTES =
            new GracefulRestart(Duration.ofMinutes(2), true);

    @Test
    void aNodeThatWasUpAllTheTimeHasForwarded() {
        Restart restart = HostUptime.restart("120.01 812.77\n");

        assertThat(restart.restarted()).isTrue();
        assertThat(restart.hasForwarded(TWO_MINUTES)).isTrue();
    }

    @Test
    void aNodeThatHasJustStartedHasNot() {
        assertThat(HostUptime.restart("119.99 1.00").hasForwarded(TWO_MINUTES)).isFalse();
    }

    @Test
    void theRunningSystemSays() {
        assertThat(HostUptime.restart().hostUptime()).isPositive();
    }
}

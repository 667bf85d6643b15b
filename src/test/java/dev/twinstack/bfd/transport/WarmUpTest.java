package dev.twinstack.bfd.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bfd.BfdKey;
import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.net.IpAddress;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private static final BfdSettings SETTINGS =
            BfdSettings.of(BfdPath.to(IpAddress.parse("192.0.2.1")));

    /// Without coming up only a packet a second would be sent.
    @Test
    void theTwoSessionsComeUp() {
        assertThat(WarmUp.run(SETTINGS.withPassive(true))).isGreaterThan(50);
    }

    @Test
    void alsoWithAKey() {
        assertThat(WarmUp.run(SETTINGS.withKey(BfdKey.of(BfdKey.Kind.METICULOUS, 1, "secret"))))
                .isGreaterThan(50);
    }
}

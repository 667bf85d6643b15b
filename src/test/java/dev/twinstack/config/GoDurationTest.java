package dev.twinstack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "90s, PT90S",
        "1m30s, PT90S",
        "1.5h, PT90M",
        ".5s, PT0.5S",
        "2900ms, PT2.9S",
        "1h2m3s4ms5us6ns, PT1H2M3.004005006S",
        "+5s, PT5S",
        "-1m, PT-1M"
    })
    void readsWhatGoReads(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "1d",
                "1m30",
                "1 s",
                "1s ",
                "--1s",
                "PT90S",
                ".s",
                "300000000h"
            })
    void refusesWhatGoRefuses(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }
}

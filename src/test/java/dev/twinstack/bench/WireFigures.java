package dev.twinstack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.wire.WireBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the codec's benchmarks and leaves rows for the table of `make bench`, which alone runs it,
/// see [AllocatorFigures].
class WireFigures {

    private static final Map<String, String> TARGETS =
            Map.of(
                    "decodeUpdate", "<= 15 us",
                    "encodeUpdate", "<= 10 us",
                    "keepalive", "0 octets allocated");

    @Test
    void measure() throws RunnerException, IOException {
        Collection<RunResult> results =
                new Runner(
                                new OptionsBuilder()
                                        .include(WireBenchmark.class.getName())
                                        .param("family", "IPV4", "IPV6")
                                        .addProfiler(GCProfiler.class)
                                        .warmupIterations(3)
                                        .measurementIterations(3)
                                        .measurementTime(TimeValue.seconds(1))
                                        .verbosity(VerboseMode.SILENT)
                                        .build())
                        .run();
        List<String> rows = results.stream().map(WireFigures::row).toList();
        assertThat(rows).isNotEmpty();
        Files.write(Path.of(System.getProperty("figures.file", "target/wire.md")), rows);
    }

    @SuppressWarnings("rawtypes") // JMH's own
    private static String row(RunResult result) {
        String benchmark = result.getPrimaryResult().getLabel();
        double allocated =
                result.getSecondaryResults().entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                        .mapToDouble(entry -> entry.getValue().getScore())
                        .sum();
        return String.format(
                Locale.ROOT,
                "| codec: %s, %s: time, octets allocated | %.2f us, %.0f | %s |",
                benchmark,
                result.getParams().getParam("family"),
                result.getPrimaryResult().getScore() / 1000,
                allocated,
                TARGETS.getOrDefault(benchmark, ""));
    }
}

package dev.twinstack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the allocator's benchmarks and leaves rows for the table of `make bench`, which alone runs
/// it: the name fits no pattern of Surefire's.
class AllocatorFigures {

    @Test
    void measure() throws RunnerException, IOException {
        Collection<RunResult> results =
                new Runner(
                                new OptionsBuilder()
                                        .include("NextAddressBenchmark.decide")
                                        .include("RestartBenchmark.load")
                                        .warmupIterations(2)
                                        .measurementIterations(3)
                                        .measurementTime(TimeValue.seconds(1))
                                        .verbosity(VerboseMode.SILENT)
                                        .build())
                        .run();
        List<String> rows = results.stream().map(AllocatorFigures::row).toList();
        assertThat(rows).isNotEmpty();
        Files.write(Path.of(System.getProperty("figures.file", "target/allocator.md")), rows);
    }

    private static String row(RunResult result) {
        var measured = result.getPrimaryResult();
        String shape = result.getParams().getParam("shape");
        if (shape == null) {
            return "| allocator: %s Services after a restart | %s ms | <= 200 ms |"
                    .formatted(
                            result.getParams().getParam("services"), number(measured.getScore()));
        }
        return "| allocator: next free address, %s taken, %s: p50, p99 | %s, %s us | p99 <= 2 us |"
                .formatted(
                        result.getParams().getParam("taken"),
                        shape.toLowerCase(Locale.ROOT).replace('_', ' '),
                        number(measured.getStatistics().getPercentile(50) / 1000),
                        number(measured.getStatistics().getPercentile(99) / 1000));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }
}

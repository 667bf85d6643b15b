package dev.twinstack.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.twinstack.testing.conformance.Fields;
import dev.twinstack.testing.conformance.PoolReading;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every case of `conformance/allocator.json`.
class AllocatorConformanceTest {

    @TestFactory
    Stream<DynamicTest> scenarios() {
        return scenarios("allocator.json");
    }

    static Stream<DynamicTest> scenarios(String file) {
        List<Fields> scenarios = Fields.file(file).objects("scenarios");
        assertThat(scenarios).as("scenarios in " + file).isNotEmpty();
        return scenarios.stream()
                .map(scenario ->
                        dynamicTest(scenario.text("id"), () -> new Scenario().play(scenario)));
    }

    @TestFactory
    List<DynamicTest> poolCounts() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Fields count : Fields.file("allocator.json").objects("pool_counts")) {
            tests.add(dynamicTest("pool-counts-" + tests.size(), () -> check(count)));
        }
        return tests;
    }

    private static void check(Fields count) {
        // Given
        Allocator allocator = new Allocator();
        // When
        allocator.setPools(List.of(PoolReading.pool(count.object("pool"))));
        // Then
        PoolUsage usage = allocator.usage().getFirst();
        assertThat(usage.total()).isEqualTo(count.number("total"));
        assertThat(usage.ipv4().available()).isEqualTo(count.number("ipv4"));
        assertThat(usage.ipv6().available()).isEqualTo(count.number("ipv6"));
        count.remarks("source", "summary", "derived", "upstream_flaw", "metallb", "note", "id");
        count.end();
    }

    @Test
    void fileHasNothingElse() {
        Fields file = Fields.file("allocator.json");
        file.remarks("schema", "left_out", "notes", "scenarios", "pool_counts");
        file.end();
    }
}

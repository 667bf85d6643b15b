package dev.twinstack.allocation;

import dev.twinstack.testing.conformance.Fields;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every case of `conformance/allocator_derived.json`.
class AllocatorDerivedConformanceTest {

    @TestFactory
    Stream<DynamicTest> scenarios() {
        return AllocatorConformanceTest.scenarios("allocator_derived.json");
    }

    @Test
    void fileHasNothingElse() {
        Fields file = Fields.file("allocator_derived.json");
        file.remarks("schema", "scenarios", "notes");
        file.end();
    }
}

package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.twinstack.testing.conformance.Fields;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every case of `conformance/service_assignment.json`: what one look at a Service writes to its
/// status and says in Events. Exceptions stand in `docs/conformance.md`.
class ServiceAssignmentConformanceTest {

    private final Fields file = Fields.file("service_assignment.json");

    @TestFactory
    Stream<DynamicTest> cases() {
        List<Fields> cases = file.objects("cases");
        assertThat(cases).isNotEmpty();
        return cases.stream()
                .map(each ->
                        dynamicTest(
                                each.text("id", each.text("summary", "")),
                                () -> new AssignmentCase(pools(each)).play(each)));
    }

    @TestFactory
    Stream<DynamicTest> sequences() {
        return file.objects("sequences").stream()
                .map(each ->
                        dynamicTest(
                                each.text("id"),
                                () -> new AssignmentCase(List.of()).playSteps(each)));
    }

    private List<Fields> pools(Fields each) {
        String set = each.text("runs_with", "pools_crd");
        return each.has(set) ? each.objects(set) : file.objects(set);
    }

    @Test
    void fileHasNothingElse() {
        file.remarks("schema", "pools_upstream", "pools_crd", "cases", "sequences", "notes");
        file.end();
    }
}

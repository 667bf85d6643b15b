package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.twinstack.testing.conformance.Fields;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of `node_events` in `conformance/misc.json`: which changes of its Node make the
/// speaker look at its Services again.
class NodeEventConformanceTest {

    @TestFactory
    Stream<DynamicTest> cases() {
        return Fields.file("misc.json").objects("node_events").stream()
                .map(each -> dynamicTest(each.text("event"), () -> check(each)));
    }

    private static void check(Fields each) {
        each.remarks("event", "source", "derived", "upstream_flaw", "note");
        String verdict =
                switch (each.text("event")) {
                    case "spec.unschedulable changed (cordon)" ->
                            change(node(false, "False"), node(true, "False"));
                    case "NetworkUnavailable False -> True" ->
                            change(node(false, "False"), node(false, "True"));
                    case "node deleted" -> deleted();
                    case String other -> throw new AssertionError("unknown event " + other);
                };
        assertThat(verdict)
                .isEqualTo(each.has("expect") ? each.text("expect") : each.text("recommended"));
        each.remarks("recommended");
        each.end();
    }

    private static String change(Node before, Node after) {
        return ClusterSources.matters(before, after) ? "look again" : "ignore";
    }

    /// There is no map of nodes to stay in: a speaker knows its own Node only, and without it has
    /// neither its labels nor its condition.
    private static String deleted() {
        return ClusterViews.unknownNode("node-1").labels().isEmpty()
                        && !ClusterViews.unknownNode("node-1").equals(view(node(false, "True")))
                ? "forget the node"
                : "remember the node";
    }

    private static Object view(Node node) {
        return ClusterViews.node(node);
    }

    private static Node node(boolean cordoned, String networkUnavailable) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("node-1")
                .addToLabels("rack", "a")
                .endMetadata()
                .withNewSpec()
                .withUnschedulable(cordoned)
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("NetworkUnavailable")
                .withStatus(networkUnavailable)
                .endCondition()
                .endStatus()
                .build();
    }
}

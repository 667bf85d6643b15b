package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The objects that the way back needs as they were.
final class CalicoObjects {

    private CalicoObjects() {}

    static List<JsonNode> of(ClusterObjects objects) {
        return Stream.concat(
                        Stream.of(CalicoCheck.configMap(objects), CalicoCheck.daemonSet(objects))
                                .flatMap(Optional::stream),
                        objects.of(PoolEdit.GROUP, "IPPool"))
                .toList();
    }
}

package dev.twinstack.dualstack;

import java.util.Map;

/// How it was before the conversion.
///
/// @param args per node the files below `args/`, by their path there
/// @param objects the ConfigMap, the DaemonSet and the IPPools of Calico; others are not looked at
public record Backup(Map<String, Map<String, String>> args, ClusterObjects objects) {

    public Backup {
        args = Map.copyOf(args);
    }
}

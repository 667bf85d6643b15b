package dev.twinstack.dualstack;

import dev.twinstack.dualstack.args.ArgsFile;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The backup as the nodes and the leader have kept it.
public final class ReportedBackup {

    private static final String PROXY = "kube-proxy";
    private static final String CIDR = "--cluster-cidr";

    private ReportedBackup() {}

    /// @param objects Calico's objects as they were
    public static Backup of(
            ClusterFindings findings, Map<String, NodeReport> reports, ClusterObjects objects) {
        Map<String, Map<String, String>> args = new TreeMap<>();
        reports.forEach((node, report) -> {
            if (report.isBackedUp() && report.status() != null) {
                args.put(node, report.status().backupFiles());
            }
        });
        Optional<String> before =
                findings.controlPlane()
                        .flatMap(node -> cidr(args.getOrDefault(node.name(), Map.of())).stream())
                        .filter(value -> !value.contains(","))
                        .findFirst();
        before.ifPresent(value -> args.replaceAll((node, files) -> like(files, value)));
        return new Backup(args, objects);
    }

    /// A worker that has joined since inherited both ranges, so its own backup has them too.
    private static Map<String, String> like(Map<String, String> files, String single) {
        if (cidr(files).filter(value -> value.startsWith(single + ",")).isEmpty()) {
            return files;
        }
        Map<String, String> narrowed = new TreeMap<>(files);
        narrowed.put(PROXY, new ArgsFile(files.getOrDefault(PROXY, "")).with(CIDR, single).text());
        return narrowed;
    }

    private static Optional<String> cidr(Map<String, String> files) {
        return new ArgsFile(files.getOrDefault(PROXY, "")).value(CIDR);
    }
}

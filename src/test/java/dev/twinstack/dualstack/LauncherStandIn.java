package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Stream;

/// Does with the files of `common/etc/launcher` what MicroK8s' cluster agent does, in a tree like
/// the snap's: flags line by line (blank lines are lost, duplicates all set), whole files as they
/// are, extra names of the certificate always written anew, kubelite restarted only if a flag has
/// changed, the file renamed. A file it can't take stays.
final class LauncherStandIn {

    private static final Map<String, String> SECTIONS =
            Map.of(
                    "extraKubeAPIServerArgs", "kube-apiserver",
                    "extraKubeControllerManagerArgs", "kube-controller-manager",
                    "extraKubeProxyArgs", "kube-proxy",
                    "extraKubeletArgs", "kubelet");

    private final Path snap;
    private final YAMLMapper yaml = new YAMLMapper();
    private int restarts;
    private List<String> extraSans = List.of();

    /// @param snap stands for `/var/snap/microk8s`
    LauncherStandIn(Path snap) throws IOException {
        this.snap = snap;
        Files.createDirectories(snap.resolve("common/etc/launcher"));
        Files.createDirectories(snap.resolve("current/args"));
    }

    void poll() throws IOException {
        try (Stream<Path> files = Files.list(snap.resolve("common/etc/launcher"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                if (apply(yaml.readTree(file.toFile()))) {
                    Files.move(file, file.resolveSibling(file.getFileName() + ".applied"));
                }
            }
        }
    }

    int restarts() {
        return restarts;
    }

    List<String> extraSans() {
        return extraSans;
    }

    private boolean apply(JsonNode file) throws IOException {
        if (!file.path("version").asText().equals("0.1.0")) {
            return false;
        }
        for (Entry<String, JsonNode> config : file.path("extraConfigFiles").properties()) {
            Path path = snap.resolve("current/args").resolve(config.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, config.getValue().asText());
        }
        boolean changed = false;
        for (Entry<String, String> section : SECTIONS.entrySet()) {
            JsonNode flags = file.path(section.getKey());
            if (!flags.isEmpty()) {
                changed |= update(snap.resolve("current/args").resolve(section.getValue()), flags);
            }
        }
        extraSans = file.path("extraSANs").valueStream().map(JsonNode::asText).toList();
        restarts += changed ? 1 : 0;
        return true;
    }

    private static boolean update(Path path, JsonNode flags) throws IOException {
        List<String> lines = new ArrayList<>();
        Map<String, JsonNode> missing = new HashMap<>();
        flags.properties().forEach(flag -> missing.put(flag.getKey(), flag.getValue()));
        boolean changed = false;
        for (String line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
            String[] parts = line.strip().split("[= ]", 2);
            JsonNode value = flags.get(parts[0]);
            missing.remove(parts[0]);
            if (line.isBlank()) {
                continue;
            }
            if (value == null) {
                lines.add(line.strip());
            } else if (value.isNull()) {
                changed = true;
            } else {
                lines.add(parts[0] + "=" + value.asText());
                changed |= parts.length < 2 || !parts[1].equals(value.asText());
            }
        }
        for (Entry<String, JsonNode> flag : missing.entrySet()) {
            if (!flag.getValue().isNull()) {
                lines.add(flag.getKey() + "=" + flag.getValue().asText());
                changed = true;
            }
        }
        Files.writeString(path, String.join("\n", lines) + "\n");
        return changed;
    }
}

package dev.twinstack.dualstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.twinstack.crd.DualStackNode;
import dev.twinstack.crd.DualStackNodeSpec.Part;
import dev.twinstack.crd.DualStackNodeStatus.Stage;
import dev.twinstack.dualstack.NodeConversion.DropIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// MicroK8s' directories on one node, as far as node-config sees them: the snap's data to read, and
/// the directory of launch configurations to write. What we keep stands there in a directory of our
/// own, which MicroK8s' agent does not look into.
public final class NodeDirectory {

    static final String BACKUPS = "/var/snap/microk8s/common/etc/launcher/twinstack/backup";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path snap;
    private final Path launcher;
    private final Path own;

    /// @param snap `/var/snap/microk8s`, read only
    /// @param launcher `/var/snap/microk8s/common/etc/launcher`, to be written
    public NodeDirectory(Path snap, Path launcher) {
        this.snap = snap;
        this.launcher = launcher;
        this.own = launcher.resolve("twinstack");
    }

    /// Where the backup is, as people find it on the node.
    public static String backups() {
        return BACKUPS;
    }

    /// The files below `args/` that matter.
    public Map<String, String> args() throws IOException {
        return NodeFilesDirectory.args(snap.resolve("current/args"));
    }

    /// As they were before the first change; empty if there was none.
    public Map<String, String> backup() throws IOException {
        return kept("backup");
    }

    /// As they were before the last change.
    public Map<String, String> before() throws IOException {
        return kept("before");
    }

    private Map<String, String> kept(String name) throws IOException {
        Path directory = own.resolve(name);
        return Files.isDirectory(directory) ? NodeFilesDirectory.args(directory) : Map.of();
    }

    /// The names the API server's certificate was told to have beyond MicroK8s' own, by the newest
    /// launch configuration in force. The agent writes that list anew with every file.
    public List<String> extraSans() throws IOException {
        Optional<Path> newest;
        try (Stream<Path> files =
                Files.isDirectory(launcher) ? Files.list(launcher) : Stream.empty()) {
            newest =
                    files.filter(file -> file.getFileName().toString().endsWith(".applied"))
                            .max(Comparator.comparing(NodeDirectory::modified));
        }
        Path file = newest.orElse(snap.resolve("common/.microk8s.yaml"));
        if (!Files.isReadable(file)) {
            return List.of();
        }
        try {
            JsonNode configuration = YAML.readTree(Files.readString(file));
            return configuration == null
                    ? List.of()
                    : configuration.path("extraSANs").valueStream().map(JsonNode::asText).toList();
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": is no YAML", e);
        }
    }

    public DropIn dropIn(String file) {
        if (file.isEmpty()) {
            return DropIn.NONE;
        }
        if (Files.exists(launcher.resolve(file))) {
            return DropIn.WAITING;
        }
        return Files.exists(launcher.resolve(file + ".applied")) ? DropIn.APPLIED : DropIn.NONE;
    }

    /// Does it, so that whoever reads meanwhile sees a whole file or none.
    public void carryOut(NodeAction action) throws IOException {
        switch (action) {
            case NodeAction.BackUp backUp -> {
                if (backup().isEmpty()) {
                    keep("backup", backUp.files());
                }
            }
            case NodeAction.Write write -> {
                keep("before", write.before());
                removeOld();
                replace(launcher.resolve(write.file()), write.text());
            }
            case NodeAction.TakeBack taken -> Files.deleteIfExists(launcher.resolve(taken.file()));
        }
    }

    /// Copies beside and renames, so that a copy is whole or not there.
    private void keep(String name, Map<String, String> files) throws IOException {
        Path fresh = own.resolve(name + ".new");
        delete(fresh);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = fresh.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        delete(own.resolve(name));
        Files.move(fresh, own.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Ours that were applied before; those of others stay.
    private void removeOld() throws IOException {
        try (Stream<Path> files = Files.list(launcher)) {
            for (Path file :
                    files.filter(f -> f.getFileName().toString().contains("-twinstack-"))
                            .toList()) {
                Files.delete(file);
            }
        }
    }

    /// What was remembered, or a fresh start.
    public NodeState load(Instant now) throws IOException {
        Path file = own.resolve("state.json");
        if (!Files.exists(file)) {
            return NodeState.observed(now);
        }
        try {
            JsonNode state = JSON.readTree(Files.readString(file));
            return new NodeState(
                    Stage.valueOf(state.path("stage").asText()),
                    state.path("attempt").asLong(),
                    state.path("part").isTextual()
                            ? Part.valueOf(state.path("part").asText())
                            : null,
                    Instant.parse(state.path("since").asText()),
                    Instant.parse(state.path("written").asText()),
                    state.path("file").asText(),
                    state.path("message").asText(),
                    state.path("generation").asLong());
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new IOException(file + ": cannot be read, delete it: " + e.getMessage(), e);
        }
    }

    public void save(NodeState state) throws IOException {
        ObjectNode json =
                JSON.createObjectNode()
                        .put("stage", state.stage().name())
                        .put("attempt", state.attempt())
                        .put("part", state.part() == null ? null : state.part().name())
                        .put("since", state.since().toString())
                        .put("written", state.written().toString())
                        .put("file", state.file())
                        .put("message", state.message())
                        .put("generation", state.generation());
        replace(own.resolve("state.json"), json.toPrettyString() + "\n");
    }

    /// The order as it was last, for the time when the API server is away.
    public Optional<DualStackNode> loadOrder() throws IOException {
        Path file = own.resolve("order.json");
        return Files.exists(file)
                ? Optional.of(JSON.readValue(Files.readString(file), DualStackNode.class))
                : Optional.empty();
    }

    /// Without the report, which is ours.
    public void saveOrder(DualStackNode order) throws IOException {
        ObjectNode json = JSON.valueToTree(order);
        json.remove("status");
        replace(own.resolve("order.json"), json.toString());
    }

    private static void replace(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}

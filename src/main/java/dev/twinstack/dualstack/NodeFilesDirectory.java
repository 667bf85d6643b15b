package dev.twinstack.dualstack;

import dev.twinstack.dualstack.FindingsReader.NodeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Files of nodes in a directory: `NODE/args/...` as in `/var/snap/microk8s/current/args`, and
/// `NODE/facts.yaml` as `twinstack dualstack facts` prints it.
public final class NodeFilesDirectory {

    /// What is read below `args/`; nothing else there matters.
    private static final List<String> ARGS =
            List.of(
                    "kube-apiserver",
                    "kube-controller-manager",
                    "kube-proxy",
                    "kubelet",
                    NodeFindings.CNI_ENV,
                    NodeFindings.CNI_YAML);

    private static final long MOST_BYTES = 4 << 20;

    private NodeFilesDirectory() {}

    /// The nodes in a directory, by name.
    ///
    /// @throws IOException that names the file and what is wrong with it
    public static Map<String, NodeFiles> read(Path directory) throws IOException {
        Map<String, NodeFiles> nodes = new TreeMap<>();
        for (Path node : list(directory)) {
            if (Files.isDirectory(node.resolve("args"))) {
                nodes.put(
                        node.getFileName().toString(),
                        new NodeFiles(
                                args(node.resolve("args")), facts(node.resolve("facts.yaml"))));
            }
        }
        return nodes;
    }

    /// The files of one `args` directory.
    ///
    /// @throws IOException that names the file and what is wrong with it
    public static Map<String, String> args(Path directory) throws IOException {
        Map<String, String> args = new TreeMap<>();
        for (String path : ARGS) {
            Path file = directory.resolve(path);
            if (Files.exists(file)) {
                args.put(path, text(file));
            }
        }
        for (Path file : list(directory)) {
            String name = file.getFileName().toString();
            if (name.endsWith(".rej") || name.endsWith(".orig")) {
                args.put(name, "");
            }
        }
        return args;
    }

    private static @Nullable NodeFacts facts(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return FactsText.parse(text(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + ": larger than %d bytes".formatted(MOST_BYTES));
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read as text", e);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + ": no such directory");
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new IOException(directory + ": cannot be read; try it as root", e);
        }
    }
}

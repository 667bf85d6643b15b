package dev.twinstack.dualstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.twinstack.crd.DualStackSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One case as a folder: `in/` (the cluster and what is wanted) and `expected/` (the plan and what
/// it leads to). `in/like` names another case to start from; the files of this one lie over that
/// one's, and an empty file takes one away.
final class PlanCase {

    static final Path ROOT = Path.of("src/test/resources/dualstack");
    private static final Set<String> KNOWN =
            Set.of(
                    "kube-apiserver",
                    "kube-controller-manager",
                    "kube-proxy",
                    "kubelet",
                    "cni-env",
                    "cni-network/cni.yaml");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Path folder;
    private final Map<String, String> in;
    private final Set<String> unused;

    PlanCase(Path folder) throws IOException {
        this.folder = folder;
        this.in = new TreeMap<>(input(folder));
        this.unused = new TreeSet<>(files(folder.resolve("in")).keySet());
        unused.remove("like");
    }

    static Stream<Path> all() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.sorted().toList().stream();
        }
    }

    private static Map<String, String> input(Path folder) throws IOException {
        Map<String, String> own = files(folder.resolve("in"));
        String like = own.remove("like");
        Map<String, String> all =
                like == null ? new TreeMap<>() : input(ROOT.resolve(like.strip()));
        all.putAll(own);
        return all;
    }

    Plan plan() throws IOException {
        return planFor(findings(""));
    }

    /// The plan for a cluster other than that of `in/`, wanted as there.
    Plan planFor(ClusterFindings findings) throws IOException {
        if (!in.containsKey("undo.yaml")) {
            return DualStackPlanner.plan(findings, spec());
        }
        boolean force = YAML.readTree(use("undo.yaml")).path("force").asBoolean();
        ClusterFindings backup = findings("backup/");
        Map<String, Map<String, String>> args =
                nodes("backup/").stream()
                        .collect(Collectors.toMap(node -> node, node -> args("backup/", node)));
        return DualStackPlanner.undo(findings, new Backup(args, backup.objects()), force);
    }

    DualStackSpec spec() throws IOException {
        return in.containsKey("spec.yaml")
                ? YAML.readValue(use("spec.yaml"), DualStackSpec.class)
                : DualStackSpec.DEFAULT;
    }

    ClusterFindings findings(String at) throws IOException {
        Map<String, FindingsReader.NodeFiles> files = new TreeMap<>();
        for (String node : nodes(at)) {
            Optional<String> facts =
                    Optional.ofNullable(in.get(at + "nodes/" + node + "/facts.yaml"))
                            .filter(text -> !text.isEmpty());
            files.put(
                    node,
                    new FindingsReader.NodeFiles(
                            args(at, node),
                            facts.isEmpty()
                                    ? null
                                    : YAML.readValue(
                                            use(at + "nodes/" + node + "/facts.yaml"),
                                            NodeFacts.class)));
        }
        return FindingsReader.read(new ClusterObjects(objects(at)), files);
    }

    private List<JsonNode> objects(String at) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String path :
                in.keySet().stream().filter(p -> p.startsWith(at + "objects/")).toList()) {
            YAMLMapper mapper = new YAMLMapper();
            try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(use(path))) {
                documents.forEachRemaining(document -> {
                    if (document.has("kind")) {
                        objects.add(document);
                    }
                });
            }
        }
        return objects;
    }

    private Set<String> nodes(String at) {
        return in.keySet().stream()
                .filter(path -> path.startsWith(at + "nodes/"))
                .map(path -> path.substring((at + "nodes/").length()).split("/", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, String> args(String at, String node) {
        String prefix = at + "nodes/" + node + "/args/";
        Map<String, String> args = new TreeMap<>();
        for (String path : in.keySet()) {
            if (path.startsWith(prefix)) {
                String name = path.substring(prefix.length());
                boolean leftover = name.endsWith(".rej") || name.endsWith(".orig");
                if (KNOWN.contains(name) || leftover) {
                    String text = use(path);
                    if (!text.isEmpty() || leftover) {
                        args.put(name, text);
                    }
                }
            }
        }
        return args;
    }

    private String use(String path) {
        unused.remove(path);
        return in.getOrDefault(path, "");
    }

    /// Files of `in/` that nothing has read.
    Set<String> unused() {
        // What takes a file away is used by doing so.
        return unused.stream()
                .filter(path -> !in.getOrDefault(path, "").isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Map<String, String> expected() throws IOException {
        return files(folder.resolve("expected"));
    }

    void rewrite(Map<String, String> expected) throws IOException {
        Path target = folder.resolve("expected");
        for (String stale : files(target).keySet()) {
            Files.delete(target.resolve(stale));
        }
        for (Map.Entry<String, String> file : expected.entrySet()) {
            Path path = target.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return files;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }
}

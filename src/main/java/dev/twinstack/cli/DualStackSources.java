package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.twinstack.crd.DualStackNode;
import dev.twinstack.dualstack.Backup;
import dev.twinstack.dualstack.ClusterObjects;
import dev.twinstack.dualstack.ClusterReader;
import dev.twinstack.dualstack.FindingsReader.NodeFiles;
import dev.twinstack.dualstack.NodeFilesDirectory;
import dev.twinstack.dualstack.ReportedNodes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the dual-stack commands have their findings from. What can't be read is said in one line.
final class DualStackSources {

    private static final YAMLMapper YAML = new YAMLMapper();

    private DualStackSources() {}

    /// Tries nothing twice.
    static KubernetesClient client(@Nullable Path kubeconfig) {
        if (kubeconfig == null || kubeconfig.toString().isEmpty()) {
            throw new WrongUseException(
                    "which cluster? name --kubeconfig (sudo microk8s config prints one)");
        }
        KubeconfigCheck.check(kubeconfig);
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    static ClusterObjects cluster(@Nullable Path kubeconfig) {
        try (KubernetesClient client = client(kubeconfig)) {
            return new ClusterReader(client).read();
        } catch (KubernetesClientException e) {
            throw new FailedException("cannot read the cluster: " + reason(e));
        }
    }

    /// What node-config has reported; nothing where it does not run.
    static Map<String, NodeFiles> reported(@Nullable Path kubeconfig) {
        try (KubernetesClient client = client(kubeconfig)) {
            return ReportedNodes.files(client.resources(DualStackNode.class).list().getItems());
        } catch (KubernetesClientException e) {
            return Map.of();
        }
    }

    static ClusterObjects objects(Path directory) {
        try {
            return new ClusterObjects(yaml(directory));
        } catch (IOException e) {
            throw new WrongUseException(reason(e));
        }
    }

    static Map<String, NodeFiles> nodes(Path directory) {
        try {
            return NodeFilesDirectory.read(directory);
        } catch (IOException e) {
            throw new WrongUseException(reason(e));
        }
    }

    /// Nothing where there is no MicroK8s.
    static Map<String, NodeFiles> thisNode(String name, Path args) {
        if (!Files.exists(args)) {
            return Map.of();
        }
        try {
            return Map.of(
                    name,
                    new NodeFiles(
                            NodeFilesDirectory.args(args),
                            DualStackFactsCommand.facts(Path.of("/"))));
        } catch (IOException e) {
            throw new FailedException(reason(e));
        }
    }

    static Backup backup(Path directory) {
        Map<String, Map<String, String>> files = new HashMap<>();
        nodes(directory).forEach((node, found) -> files.put(node, found.args()));
        return new Backup(files, objects(directory));
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause();
        String message =
                e instanceof KubernetesClientException failure
                                && failure.getStatus() == null
                                && cause != null
                        ? cause.getMessage()
                        : e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /// Objects one by one or as lists, as `kubectl get -o yaml` prints them.
    private static List<JsonNode> yaml(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + ": no such directory");
        }
        List<JsonNode> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                found.addAll(documents(file));
            }
        }
        return found;
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (document.path("kind").asText().equals("List")) {
                    document.path("items").forEach(found::add);
                } else if (document.has("kind")) {
                    found.add(document);
                }
            }
        } catch (IOException e) {
            throw new IOException(file + ": is no YAML", e);
        }
        return found;
    }
}

package dev.twinstack.dualstack.calico;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// `args/cni-network/cni.yaml`: Calico's manifest as MicroK8s keeps it on each control-plane node.
/// YAML is parsed to find places; the edit itself changes only the characters in question, so
/// comments and layout stay.
///
/// @param text the whole file
public record CniManifest(String text) {

    private static final int MAX_CODE_POINTS = 16 << 20;

    /// A place in the text, and what shall stand there.
    private record Change(int start, int end, String replacement) {}

    /// Whether this is Calico's manifest at all: the DaemonSet is there and has an environment.
    public boolean isCalico() {
        return environment().isPresent() && networkConfig().isPresent();
    }

    /// The value of a variable of the container calico-node.
    public Optional<String> variable(String name) {
        return environment()
                .flatMap(list -> entry(list, name))
                .flatMap(entry -> scalar(entry, "value"));
    }

    /// The manifest with this variable, in its place or behind the last one.
    ///
    /// @throws IllegalStateException if this is not Calico's manifest
    public CniManifest withVariable(String name, String value) {
        SequenceNode list =
                environment().orElseThrow(() -> new IllegalStateException("not Calico's manifest"));
        Optional<MappingNode> entry = entry(list, name);
        if (entry.isEmpty()) {
            return insert(list, name, value);
        }
        Optional<Node> old = child(entry.get(), "value");
        if (old.filter(ScalarNode.class::isInstance).isEmpty()) {
            return withoutVariable(name).withVariable(name, value);
        }
        if (((ScalarNode) old.get()).getValue().equals(value)) {
            return this;
        }
        return apply(new Change(start(old.get()), end(old.get()), "\"" + value + "\""));
    }

    /// The manifest without this variable.
    public CniManifest withoutVariable(String name) {
        Optional<MappingNode> entry = environment().flatMap(list -> entry(list, name));
        if (entry.isEmpty()) {
            return this;
        }
        int start = lineStart(start(entry.get()));
        int end = text.indexOf('\n', lastCharacter(entry.get()));
        return apply(new Change(start, end < 0 ? text.length() : end + 1, ""));
    }

    /// The CNI configuration for the nodes, as it stands in the ConfigMap calico-config.
    public Optional<String> networkConfig() {
        return networkConfigNode().map(ScalarNode::getValue);
    }

    /// One value of the ConfigMap calico-config.
    public Optional<String> setting(String key) {
        return settings().flatMap(data -> scalar(data, key));
    }

    /// The names and values of the ConfigMap calico-config.
    public Map<String, String> allSettings() {
        Map<String, String> all = new LinkedHashMap<>();
        settings()
                .ifPresent(data ->
                        data.getValue()
                                .forEach(tuple -> {
                                    if (tuple.getKeyNode() instanceof ScalarNode key
                                            && tuple.getValueNode() instanceof ScalarNode value) {
                                        all.put(key.getValue(), value.getValue());
                                    }
                                }));
        return all;
    }

    /// The manifest with another CNI configuration.
    ///
    /// @param change gets the text as it stands in the file, indented, and gives it back changed
    public CniManifest withNetworkConfig(UnaryOperator<String> change) {
        ScalarNode node =
                networkConfigNode()
                        .orElseThrow(() -> new IllegalStateException("not Calico's manifest"));
        String old = text.substring(start(node), end(node));
        return apply(new Change(start(node), end(node), change.apply(old)));
    }

    private CniManifest apply(Change change) {
        return new CniManifest(
                text.substring(0, change.start())
                        + change.replacement()
                        + text.substring(change.end()));
    }

    private CniManifest insert(SequenceNode list, String name, String value) {
        Node last = list.getValue().getLast();
        String indent = " ".repeat(last.getStartMark().getColumn());
        String dash = " ".repeat(Math.max(0, list.getStartMark().getColumn()));
        int end = text.indexOf('\n', lastCharacter(last));
        String entry = dash + "- name: " + name + "\n" + indent + "value: \"" + value + "\"\n";
        return end < 0
                ? new CniManifest(text + "\n" + entry)
                : apply(new Change(end + 1, end + 1, entry));
    }

    private Optional<SequenceNode> environment() {
        return objects("DaemonSet", "calico-node")
                .flatMap(object -> child(object, "spec", "template", "spec", "containers").stream())
                .filter(SequenceNode.class::isInstance)
                .flatMap(containers -> ((SequenceNode) containers).getValue().stream())
                .filter(container -> scalar(container, "name").equals(Optional.of("calico-node")))
                .flatMap(container -> child(container, "env").stream())
                .filter(SequenceNode.class::isInstance)
                .map(SequenceNode.class::cast)
                .filter(list -> !list.getValue().isEmpty())
                .findFirst();
    }

    private Optional<MappingNode> settings() {
        return objects("ConfigMap", "calico-config")
                .flatMap(object -> child(object, "data").stream())
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast)
                .findFirst();
    }

    private Optional<ScalarNode> networkConfigNode() {
        return settings()
                .flatMap(data -> child(data, "cni_network_config"))
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast);
    }

    private static Optional<MappingNode> entry(SequenceNode list, String name) {
        return list.getValue().stream()
                .filter(entry -> scalar(entry, "name").equals(Optional.of(name)))
                .map(MappingNode.class::cast)
                .findFirst();
    }

    private Stream<Node> objects(String kind, String name) {
        return documents().stream()
                .filter(object -> scalar(object, "kind").equals(Optional.of(kind)))
                .filter(object ->
                        child(object, "metadata")
                                .flatMap(metadata -> scalar(metadata, "name"))
                                .equals(Optional.of(name)));
    }

    private List<Node> documents() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        List<Node> documents = new ArrayList<>();
        try {
            new Yaml(new SafeConstructor(options))
                    .composeAll(new StringReader(text))
                    .forEach(documents::add);
        } catch (YAMLException e) {
            return List.of();
        }
        return documents;
    }

    private static Optional<Node> child(@Nullable Node node, String... path) {
        @Nullable Node at = node;
        for (String name : path) {
            at =
                    at instanceof MappingNode mapping
                            ? mapping.getValue().stream()
                                    .filter(tuple ->
                                            tuple.getKeyNode() instanceof ScalarNode key
                                                    && key.getValue().equals(name))
                                    .map(NodeTuple::getValueNode)
                                    .findFirst()
                                    .orElse(null)
                            : null;
        }
        return Optional.ofNullable(at);
    }

    private static Optional<String> scalar(Node node, String name) {
        return child(node, name)
                .filter(ScalarNode.class::isInstance)
                .map(value -> ((ScalarNode) value).getValue());
    }

    /// Marks count code points, texts `char`s.
    private int start(Node node) {
        return text.offsetByCodePoints(0, node.getStartMark().getIndex());
    }

    private int end(Node node) {
        return text.offsetByCodePoints(0, node.getEndMark().getIndex());
    }

    /// The end of the last scalar below a node: the mark of a block ends where the next token
    /// starts.
    private int lastCharacter(Node node) {
        return switch (node) {
            case MappingNode mapping when !mapping.getValue().isEmpty() ->
                    lastCharacter(mapping.getValue().getLast().getValueNode());
            case SequenceNode list when !list.getValue().isEmpty() ->
                    lastCharacter(list.getValue().getLast());
            case ScalarNode scalar when scalar.isPlain() || !scalar.getValue().contains("\n") ->
                    end(scalar);
            case Node other -> Math.max(start(other), end(other) - 1);
        };
    }

    private int lineStart(int index) {
        return text.lastIndexOf('\n', index - 1) + 1;
    }
}

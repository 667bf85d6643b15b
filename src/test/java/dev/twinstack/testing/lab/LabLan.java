package dev.twinstack.testing.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The lab's LAN: this JVM is on it as 10.66.0.1 and fd66::1, and tests put real routers beside it,
/// each in a network namespace of its own. Only inside `lab/private`, which `lab/it` sees to.
public final class LabLan implements AutoCloseable {

    /// This JVM's addresses, and those of every process it starts.
    public static final String OWN_IPV4 = "10.66.0.1";

    public static final String OWN_IPV6 = "fd66::1";

    private static final String LAB = Path.of("lab").toAbsolutePath().toString();

    private final Path directory;

    private LabLan(Path directory) {
        this.directory = directory;
    }

    static LabLan up() {
        if (!"1".equals(System.getenv("TWINSTACK_LAB_PRIVATE"))) {
            throw new IllegalStateException(
                    "Tests with real routers need network namespaces of their own: run them with"
                            + " lab/it, as root.");
        }
        try {
            Path parent = Files.createDirectories(Path.of("target", "lab").toAbsolutePath());
            LabLan lan = new LabLan(Files.createTempDirectory(parent, "lan"));
            LabCommand.run(List.of(LAB + "/topology", "up", "--nodes", "0"));
            return lan;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a router on the LAN and returns when it answers its own command line.
    ///
    /// @param kind `frr`, `bird` or `gobgp`
    /// @param number its addresses are 10.66.0.NUMBER and fd66::NUMBER; 100 to 199 are for tests
    public LabRouter router(String kind, String name, int number, String config) {
        try {
            Path file = Files.writeString(directory.resolve(name + ".conf"), config);
            LabCommand.run(
                    List.of(
                            LAB + "/topology",
                            "host",
                            name,
                            "10.66.0.%d/24".formatted(number),
                            "fd66::%d/64".formatted(number)));
            router("start", kind, "--name", name, "--config", file.toString());
            return new LabRouter(this, name, number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String router(String verb, String... arguments) {
        List<String> command = new ArrayList<>(List.of(LAB + "/router", verb));
        List<String> rest = new ArrayList<>(List.of(arguments));
        if (verb.equals("start")) {
            command.add(rest.removeFirst());
        }
        command.addAll(List.of("--dir", directory.toString()));
        command.addAll(rest);
        return LabCommand.run(command);
    }

    void remove(String name) {
        LabCommand.run(List.of(LAB + "/topology", "remove", name));
    }

    @Override
    public void close() {
        LabCommand.run(List.of(LAB + "/topology", "down"));
    }
}

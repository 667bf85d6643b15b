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
            return router(
                    kind,
                    name,
                    file,
                    List.of("10.66.0.%d/24".formatted(number), "fd66::%d/64".formatted(number)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a router with addresses of its own choice, in a network of its own on the same link.
    ///
    /// @param config a file, read again with each start
    /// @param addresses with their prefix length
    public LabRouter router(String kind, String name, Path config, List<String> addresses) {
        List<String> command = new ArrayList<>(List.of(LAB + "/topology", "host", name));
        command.addAll(addresses);
        LabCommand.run(command);
        router("start", kind, "--name", name, "--config", config.toString());
        return new LabRouter(this, name, addresses);
    }

    /// Starts a router where this JVM is, with all of its addresses.
    public LabRouter routerBeside(String kind, String name, Path config) {
        LabCommand.run(
                List.of(
                        "ip",
                        "netns",
                        "attach",
                        name,
                        Long.toString(ProcessHandle.current().pid())));
        router("start", kind, "--name", name, "--config", config.toString());
        return new LabRouter(this, name, List.of(OWN_IPV4 + "/24", OWN_IPV6 + "/64"));
    }

    /// Gives this JVM one more address on the LAN.
    ///
    /// @param address with its prefix length
    public void addOwn(String address) {
        own("add", address);
    }

    public void removeOwn(String address) {
        own("del", address);
    }

    private static void own(String verb, String address) {
        List<String> command =
                new ArrayList<>(List.of("ip", "address", verb, address, "dev", "lan"));
        if (verb.equals("add") && address.contains(":")) {
            command.add("nodad");
        }
        LabCommand.run(command);
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

package dev.twinstack.cli;

import dev.twinstack.operator.Role;
import dev.twinstack.router.RouterConfig;
import dev.twinstack.router.RouterConfigException;
import dev.twinstack.router.RouterConfigReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `twinstack router`: a listening BGP peer with a table.
@Command(
        name = "router",
        description = {
            "Runs a listening BGP peer that keeps and shows the routes it hears, for demos and"
                    + " tests. It needs no cluster and forwards nothing. A peer with more than 500000"
                    + " prefixes is closed.",
            "Its table: twinstack routes --server http://127.0.0.1:7480, or GET /api/routes."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nThe file:%n",
        footer = {
            "  asn: 64500",
            "  routerId: 192.0.2.1",
            "  listen:                      # everywhere on port 179 when missing",
            "    - address: 192.0.2.1",
            "      port: 179",
            "  holdTime: 90                 # seconds",
            "  peers:",
            "    - address: 192.0.2.10",
            "      asn: 64512               # or internal, or external",
            "      families: [ipv4, ipv6]   # both when missing",
            "      passive: true            # false: connect to the peer too",
            "      port: 179                # where to connect to",
            "      password: secret         # TCP MD5",
            "  dynamicPeers:                # who may come without being listed",
            "    - from: 192.0.2.0/24",
            "      asn: external",
            "  httpPort: 7480",
            "",
            "Examples:",
            "  twinstack router --config router.yaml",
            "  twinstack router --config router.yaml --http-port 8080"
        })
final class RouterCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The YAML file, see below")
    private Path file = Path.of("");

    @Option(names = "--http-port", description = "Port of the table, in place of the file's")
    private int httpPort = -1;

    @Option(
            names = "--log-level",
            defaultValue = "info",
            description = "debug, info, warn or error (${DEFAULT-VALUE})")
    private RunCommand.LogLevel logLevel = RunCommand.LogLevel.INFO;

    @Override
    public Integer call() {
        RouterConfig config = read();
        int port = httpPort >= 0 ? httpPort : config.httpPort();
        return QuarkusLaunch.run(
                Map.of(
                        "twinstack.role", Role.ROUTER.toString(),
                        "twinstack.router-config", file.toAbsolutePath().toString(),
                        "quarkus.http.port", Integer.toString(port),
                        "quarkus.log.category.\"dev.twinstack\".level", logLevel.name()));
    }

    private RouterConfig read() {
        try {
            return RouterConfigReader.read(Files.readString(file, StandardCharsets.UTF_8));
        } catch (RouterConfigException e) {
            throw new WrongUseException(file + ": " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw new WrongUseException(file + ": no such file");
        } catch (IOException e) {
            throw new WrongUseException(file + ": cannot be read as UTF-8 text");
        }
    }
}

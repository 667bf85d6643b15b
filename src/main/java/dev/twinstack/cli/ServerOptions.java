package dev.twinstack.cli;

import picocli.CommandLine.Option;

/// Which Twinstack process to ask, and how to print what it says.
final class ServerOptions {

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:7472",
            description = "The process to ask (${DEFAULT-VALUE})")
    private String server = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json (${DEFAULT-VALUE})")
    private Output output = Output.TABLE;

    /// How a command prints.
    enum Output {
        TABLE,
        JSON
    }

    ApiClient client() {
        return new ApiClient(server);
    }

    String server() {
        return server;
    }

    boolean json() {
        return output == Output.JSON;
    }
}

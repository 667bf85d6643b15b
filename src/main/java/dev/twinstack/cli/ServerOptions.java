package dev.twinstack.cli;

import picocli.CommandLine.Option;

/// Which Twinstack process to ask, and how to print what it says.
final class ServerOptions {

    @Option(
            names = {"--url", "--server"},
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:7472",
            description = "The process to ask (${DEFAULT-VALUE})")
    private String server = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, wide, json or yaml (${DEFAULT-VALUE})")
    private Output output = Output.TABLE;

    ApiClient client() {
        return new ApiClient(server);
    }

    String server() {
        return server;
    }

    Output output() {
        return output;
    }
}

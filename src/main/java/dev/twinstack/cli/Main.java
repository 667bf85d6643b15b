package dev.twinstack.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine;

/// The entry point. Exit codes: 0 done, 1 failed, 2 wrong use.
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new TwinstackCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                // What is typed behind microk8s enable comes through as it is.
                .setExpandAtFiles(false)
                .registerConverter(Duration.class, Main::duration)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("twinstack: " + reason(failure));
                    return failure instanceof WrongUseException
                            ? CommandLine.ExitCode.USAGE
                            : CommandLine.ExitCode.SOFTWARE;
                });
    }

    /// `15s`, or in full as `PT15S`.
    private static Duration duration(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}

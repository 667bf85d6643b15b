package dev.twinstack.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `twinstack addon hold`: keeps a pod alive in which the scripts run the other commands.
@Command(
        name = "hold",
        description = "Waits until it is told to stop, or until the time is over.",
        mixinStandardHelpOptions = true)
final class AddonHoldCommand implements Callable<Integer> {

    @Option(names = "--for", paramLabel = "TIME", defaultValue = "10m", description = "How long")
    private Duration time = Duration.ZERO;

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        return never.await(time.toMillis(), TimeUnit.MILLISECONDS) ? 1 : 0;
    }
}

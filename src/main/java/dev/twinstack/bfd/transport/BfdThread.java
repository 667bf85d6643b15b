package dev.twinstack.bfd.transport;

import dev.twinstack.bfd.BfdEvents;
import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bfd.BfdStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The way to the sessions for all other threads.
public final class BfdThread {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final SessionHost host;
    private final Loop loop;
    private final AtomicBoolean closed = new AtomicBoolean();

    public BfdThread(BfdEvents events) {
        InstantSource clock = new MonotonicClock();
        host = new SessionHost(events, clock);
        loop = new Loop(clock, host);
        loop.start();
    }

    /// @throws IllegalArgumentException if two have the same path
    public void set(Collection<BfdSettings> sessions) {
        Map<BfdPath, BfdSettings> wanted = SessionHost.byPath(sessions);
        loop.execute(() -> host.set(wanted));
    }

    /// @throws IllegalStateException after [#close]
    public List<BfdStatus> statuses() {
        if (loop.isOwnThread()) {
            return host.statuses();
        }
        if (closed.get()) {
            throw new IllegalStateException("BFD has stopped");
        }
        FutureTask<List<BfdStatus>> task = new FutureTask<>(host::statuses);
        loop.execute(task);
        try {
            return task.get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for BFD", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("BFD does not answer", e);
        }
    }

    public void close() {
        closed.set(true);
        loop.execute(host::stop);
        try {
            loop.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

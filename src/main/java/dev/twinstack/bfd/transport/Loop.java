package dev.twinstack.bfd.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that waits for datagrams, for the next deadline and for tasks, in `ppoll`. What has
/// arrived is always read before a deadline is judged: after a pause of the whole process nobody is
/// taken for dead whose packets wait in a socket.
final class Loop {

    /// What the thread works for. All methods are called on it.
    interface Work {

        /// What to wait for.
        List<Integer> descriptors();

        /// Reads all that has arrived.
        void read();

        Optional<Instant> nextDeadline();

        void tick();

        /// Whether there is nothing left to do, ever.
        boolean isDone();

        void close();
    }

    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private static final int POLL_IN = 1;
    private static final int POLL_LENGTH = 8;

    /// A mistake that comes back each time must not keep the processor busy.
    private static final Duration AFTER_ERROR = Duration.ofMillis(100);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final InstantSource clock;
    private final int wakeup;
    private final Thread thread;
    private boolean ended;

    /// @throws IllegalStateException if the system has no more descriptors
    Loop(InstantSource clock, Work work) {
        this.clock = clock;
        try {
            this.wakeup = Libc.orFail(Libc.eventDescriptor(), "No descriptor for BFD");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        this.thread = Thread.ofPlatform().name("bfd").daemon().unstarted(() -> run(work));
    }

    void start() {
        thread.start();
    }

    /// Runs something on the thread, soon. Nothing happens after its end.
    void execute(Runnable task) {
        tasks.add(task);
        wake();
    }

    boolean isOwnThread() {
        return Thread.currentThread().equals(thread);
    }

    /// Waits for the thread's end.
    ///
    /// @return whether it ended in that time
    boolean join(Duration time) throws InterruptedException {
        return thread.join(time);
    }

    private void run(Work work) {
        comeFirst();
        try {
            while (!work.isDone()) {
                turn(work);
            }
        } finally {
            work.close();
            closeWakeup();
        }
    }

    /// Where we may (root, or the capability SYS_NICE), a busy processor does not delay the thread:
    /// it has little to do, and all of that at once.
    private static void comeFirst() {
        int result = Libc.preferThisThread();
        if (result < 0) {
            log.atDebug()
                    .addKeyValue("reason", Libc.text(-result))
                    .log("BFD runs at the usual priority");
        }
    }

    private void turn(Work work) {
        try {
            await(work);
            drainWakeups();
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            work.read();
            work.tick();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Internal error in BFD");
            pause();
        }
    }

    private void await(Work work) {
        List<Integer> descriptors = work.descriptors();
        int count = descriptors.size() + 1;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate((long) count * POLL_LENGTH, 8);
            for (int i = 0; i < count; i++) {
                long at = (long) i * POLL_LENGTH;
                poll.set(JAVA_INT, at, i == 0 ? wakeup : descriptors.get(i - 1));
                poll.set(JAVA_SHORT, at + 4, (short) POLL_IN);
            }
            Libc.poll(poll, count, timeout(work.nextDeadline(), arena));
        }
    }

    private MemorySegment timeout(Optional<Instant> deadline, Arena arena) {
        if (deadline.isEmpty()) {
            return MemorySegment.NULL;
        }
        Duration wait = Duration.between(clock.instant(), deadline.get());
        Duration time = wait.isNegative() ? Duration.ZERO : wait;
        MemorySegment timeout = arena.allocate(16, 8);
        timeout.set(JAVA_LONG, 0, time.toSeconds());
        timeout.set(JAVA_LONG, 8, time.toNanosPart());
        return timeout;
    }

    /// The lock keeps the descriptor from being closed meanwhile: its number may be a stranger's
    /// then.
    private void wake() {
        synchronized (tasks) {
            if (!ended) {
                try (Arena arena = Arena.ofConfined()) {
                    Libc.write(wakeup, arena.allocateFrom(JAVA_LONG, 1));
                }
            }
        }
    }

    private void drainWakeups() {
        try (Arena arena = Arena.ofConfined()) {
            Libc.read(wakeup, arena.allocate(JAVA_LONG));
        }
    }

    private void closeWakeup() {
        synchronized (tasks) {
            ended = true;
            Libc.close(wakeup);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_ERROR);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

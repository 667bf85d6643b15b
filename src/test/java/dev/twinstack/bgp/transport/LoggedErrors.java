package dev.twinstack.bgp.transport;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The causes of what one class logs as errors.
final class LoggedErrors extends Handler implements AutoCloseable {

    private final Logger logger;
    private final List<Optional<Throwable>> causes = new CopyOnWriteArrayList<>();

    LoggedErrors(Class<?> source) {
        logger = Logger.getLogger(source.getName());
        logger.addHandler(this);
    }

    List<Optional<Throwable>> causes() {
        return List.copyOf(causes);
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
            causes.add(Optional.ofNullable(entry.getThrown()));
        }
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}

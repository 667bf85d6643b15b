package dev.twinstack.operator.speaker;

import dev.twinstack.allocation.ServiceKey;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What has to be looked at again. Any thread may ask; one worker takes all at once, so a Service
/// that changes ten times while the worker is busy is looked at once.
final class Mailbox {

    /// @param everything whether configuration or node changed
    record Work(boolean everything, Set<ServiceKey> services) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private Set<ServiceKey> services = new LinkedHashSet<>();
    private boolean everything;

    void service(ServiceKey service) {
        lock.lock();
        try {
            services.add(service);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    void everything() {
        lock.lock();
        try {
            everything = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for work and takes it.
    Work take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!everything && services.isEmpty()) {
                filled.await();
            }
            Work work = new Work(everything, services);
            everything = false;
            services = new LinkedHashSet<>();
            return work;
        } finally {
            lock.unlock();
        }
    }
}

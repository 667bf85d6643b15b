package dev.twinstack.admission.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what is on its way, so that nobody can fill the memory: anybody who reaches the port may
/// send. For any thread.
final class InFlight {

    private final int mostExchanges;
    private final long mostOctets;
    private final AtomicInteger exchanges = new AtomicInteger();
    private final AtomicLong octets = new AtomicLong();

    InFlight(int mostExchanges, long mostOctets) {
        this.mostExchanges = mostExchanges;
        this.mostOctets = mostOctets;
    }

    /// @return whether one more exchange may begin; it must [#leave] then
    boolean enter() {
        if (exchanges.incrementAndGet() <= mostExchanges) {
            return true;
        }
        exchanges.decrementAndGet();
        return false;
    }

    /// @return whether these octets may be kept until the exchange leaves
    boolean keep(int more) {
        if (octets.addAndGet(more) <= mostOctets) {
            return true;
        }
        octets.addAndGet(-more);
        return false;
    }

    /// @param kept all octets that the exchange was let keep
    void leave(int kept) {
        octets.addAndGet(-kept);
        exchanges.decrementAndGet();
    }
}

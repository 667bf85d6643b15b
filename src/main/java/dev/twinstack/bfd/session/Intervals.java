package dev.twinstack.bfd.session;

import java.time.Duration;

/// Our own intervals: what we say in packets, and what is in force until the peer has answered a
/// Poll (RFC 5880 section 6.8.3).
record Intervals(Duration saidTx, Duration saidRx, Duration usedTx, Duration usedRx) {

    static Intervals of(Duration tx, Duration rx) {
        return new Intervals(tx, rx, tx, rx);
    }

    /// Other ones, said from now on. In force at once is what can't take the session down: sending
    /// faster, and expecting less.
    Intervals say(Duration tx, Duration rx) {
        return new Intervals(tx, rx, Local.shorter(usedTx, tx), Local.longer(usedRx, rx));
    }

    /// The peer knows what we said.
    Intervals settled() {
        return of(saidTx, saidRx);
    }

    boolean says(Duration tx, Duration rx) {
        return saidTx.equals(tx) && saidRx.equals(rx);
    }
}

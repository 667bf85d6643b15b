package dev.twinstack.bgp;

/// Messages of one direction since the peer was added.
public record MessageCounters(
        long opens, long updates, long notifications, long keepalives, long routeRefreshes) {

    public static final MessageCounters ZERO = new MessageCounters(0, 0, 0, 0, 0);

    public long total() {
        return opens + updates + notifications + keepalives + routeRefreshes;
    }
}

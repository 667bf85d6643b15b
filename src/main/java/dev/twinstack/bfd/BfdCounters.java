package dev.twinstack.bfd;

/// What happened to one session since it was set.
///
/// @param controlReceived packets that were taken
/// @param discarded packets to this session that RFC 5880 section 6.8.6 or the TTL rule threw away
/// @param ups how often the session came up
/// @param downs how often it ended after it was up
public record BfdCounters(
        long controlSent,
        long controlReceived,
        long echoSent,
        long echoReceived,
        long discarded,
        long ups,
        long downs) {}

package dev.twinstack.bgp;

/// What happened to one peer since it was added.
///
/// @param established how often the session came up
/// @param prefixesSent prefixes announced or withdrawn in UPDATEs, repeats included
/// @param malformedUpdates UPDATEs that RFC 7606 let pass as a withdrawal or without an attribute
public record SessionCounters(
        MessageCounters sent,
        MessageCounters received,
        long established,
        long prefixesSent,
        long malformedUpdates) {}

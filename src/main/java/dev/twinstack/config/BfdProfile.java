package dev.twinstack.config;

import java.time.Duration;

/// The settings of BFD sessions (RFC 5880), complete: what was not written has FRR's default.
///
/// @param minimumTtl for sessions over several hops; 254 unless written
public record BfdProfile(
        String name,
        Duration receiveInterval,
        Duration transmitInterval,
        Duration echoInterval,
        int detectMultiplier,
        boolean echoMode,
        boolean passiveMode,
        int minimumTtl) {}

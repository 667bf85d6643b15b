/// Bidirectional Forwarding Detection (RFC 5880, 5881, 5883): session settings in, up and down out
/// ([dev.twinstack.bfd.BfdSpeaker]).
///
/// Layers, from the wire up: `.wire` (octets and values), `.session` (the state machine without
/// clock and I/O), `.transport` (sockets, timers, one thread of its own).
///
/// May import: `net`. Knows no Kubernetes, no Quarkus and no BGP.
@NullMarked
package dev.twinstack.bfd;

import org.jspecify.annotations.NullMarked;

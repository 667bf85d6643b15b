/// The BGP speaker: peer settings and routes in, session events and statuses out
/// ([dev.twinstack.bgp.BgpSpeaker]); and the listening router with a table for demos and tests
/// ([dev.twinstack.bgp.BgpRouter]).
///
/// Layers, from the wire up: `.wire` (bytes and values), `.session` (the state machine of RFC 4271
/// without clock and I/O), `.rib` (what was and what shall be announced), `.peer` (one neighbour as
/// a whole, still without I/O), `.transport` (sockets and timers, the only place for
/// `io.netty.channel`).
///
/// May import: `net`. Knows no Kubernetes and no Quarkus.
@NullMarked
package dev.twinstack.bgp;

import org.jspecify.annotations.NullMarked;

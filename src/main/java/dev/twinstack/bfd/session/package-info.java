/// The state machine of one BFD session (RFC 5880 section 6.8), sans-I/O: events and the time in,
/// the next session and a list of actions out. No clock, no threads, no sockets; randomness is
/// injected.
///
/// ```
///              hears Down            hears Init or Up
///   ┌──▶ Down ───────────▶ Init ─────────────────────────▶ Up
///   │     │ └──────────────────────────────────────────────▲│
///   │     │               hears Init                         │
///   └─────┴── silence for the detection time, hears Down (from Up) or AdminDown ──┘
///   any ── Stop ──▶ AdminDown
/// ```
///
/// May import: `net`, `bfd`, `bfd.wire`.
@NullMarked
package dev.twinstack.bfd.session;

import org.jspecify.annotations.NullMarked;

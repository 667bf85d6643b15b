/// The state machine of one BGP session (RFC 4271 section 8), sans-I/O: events and the time in, the
/// next state and a list of actions out. No clock, no threads, no sockets; randomness is injected.
///
/// ```
///            Start                 Connected                 OPEN              KEEPALIVE
///   Idle ───────────▶ Connect ───────────────▶ OpenSent ──────────▶ OpenConfirm ─────────▶ Established
///    ▲                 │  ▲                       ▲ │                   │                     │
///    │   ConnectFailed │  │ retry       Accepted  │ │                   │                     │
///    │                 ▼  │                       │ │                   │                     │
///    │                Active ─────────────────────┘ │                   │                     │
///    └──────────────────────────────────────────────┴── any error: held back, then again ─────┘
/// ```
///
/// One file a state. A second connection of the same peer runs beside the first as its rival until
/// RFC 4271 section 6.8 decides.
///
/// May import: `net`, `bgp`, `bgp.wire`.
@NullMarked
package dev.twinstack.bgp.session;

import org.jspecify.annotations.NullMarked;

/// One neighbour as a whole, still without I/O and clock: bytes in, bytes out, state machine, RIBs,
/// counters, status.
///
/// May import: `net`, `bgp`, `bgp.wire`, `bgp.session`, `bgp.rib`, and `io.netty.buffer`.
@NullMarked
package dev.twinstack.bgp.peer;

import org.jspecify.annotations.NullMarked;

/// Sockets and timers of the speaker: Netty's native epoll transport, one event loop for all peers,
/// TCP MD5 and hop limit options. Carries out what [dev.twinstack.bgp.peer] asks for and decides
/// nothing itself. The only place that may import `io.netty.channel`.
///
/// May import: `net`, `bgp` and its sub-packages.
@NullMarked
package dev.twinstack.bgp.transport;

import org.jspecify.annotations.NullMarked;

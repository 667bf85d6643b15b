/// Sockets and timers of BFD: UDP over Linux' own calls through `java.lang.foreign`, because
/// neither the JDK nor Netty tells the TTL a packet came with (RFC 5881 section 5), and one thread
/// of its own, so that nothing else delays a timer. Carries out what `bfd.session` asks for and
/// decides nothing itself.
///
/// May import: `net`, `bfd` and its sub-packages.
@NullMarked
package dev.twinstack.bfd.transport;

import org.jspecify.annotations.NullMarked;

/// BGP messages as bytes and values: each message, capability and path attribute is a record whose
/// file also holds its decoder and encoder. [dev.twinstack.bgp.wire.BgpDecoder] and
/// [dev.twinstack.bgp.wire.BgpEncoder] are the way in and out.
///
/// Bad input is a value, never an exception: a decoder checks every length before it reads,
/// allocates nothing on the word of a length field, and answers with what RFC 7606 demands
/// ([dev.twinstack.bgp.wire.Decoded]). Everything here is pure and needs no synchronization.
///
/// May import: `net`, the values of `bgp`, and `io.netty.buffer`; never `io.netty.channel`.
@NullMarked
package dev.twinstack.bgp.wire;

import org.jspecify.annotations.NullMarked;

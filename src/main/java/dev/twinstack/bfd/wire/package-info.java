/// BFD packets as values, with their decoders and encoders (RFC 5880 section 4). No octets make a
/// decoder throw.
///
/// May import: `net`, `bfd`.
@NullMarked
package dev.twinstack.bfd.wire;

import org.jspecify.annotations.NullMarked;

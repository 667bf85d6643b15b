/// What several BGP tests share: fakes of time and sockets, a session without I/O, the vector files
/// and how a reaction to them is judged.
@NullMarked
package dev.twinstack.bgp.testing;

import org.jspecify.annotations.NullMarked;

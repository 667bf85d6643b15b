/// Addresses, prefixes, ranges, families and AS numbers: immutable values without I/O, used by
/// every engine. Text is parsed strictly by the IPAddress library; the wire path never sees it.
///
/// May import: nothing of Twinstack.
@NullMarked
package dev.twinstack.net;

import org.jspecify.annotations.NullMarked;

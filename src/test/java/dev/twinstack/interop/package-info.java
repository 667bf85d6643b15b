/// Twinstack's BGP speaker and the daemons people have as routers: FRR, BIRD and GoBGP as Debian
/// ships them. The speaker runs in the test's JVM, the daemons in namespaces beside it.
@NullMarked
package dev.twinstack.interop;

import org.jspecify.annotations.NullMarked;

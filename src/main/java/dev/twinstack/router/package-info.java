/// The `router` role: a listening BGP peer that shows its table, for demos and tests. Its file, its
/// start and stop, and its page.
///
/// May import: bgp, net, operator (`RolePart`).
@NullMarked
package dev.twinstack.router;

import org.jspecify.annotations.NullMarked;

/// What a peer shall have from us and what it has ([dev.twinstack.bgp.rib.AdjRibOut]), and what we
/// have from peers ([dev.twinstack.bgp.rib.AdjRibIn], [dev.twinstack.bgp.rib.LocRib]). No I/O, no
/// clock; not thread-safe: the speaker's one thread owns them.
///
/// May import: `net`, `bgp`, `bgp.wire`, `bgp.session`.
@NullMarked
package dev.twinstack.bgp.rib;

import org.jspecify.annotations.NullMarked;

/// From MetalLB to this program and back on a live cluster, in place: the same objects, no address
/// changes. Says what has to be done; pure.
///
/// May import `install`, `config`, `crd`, `net`, `allocation`.
@NullMarked
package dev.twinstack.migration;

import org.jspecify.annotations.NullMarked;

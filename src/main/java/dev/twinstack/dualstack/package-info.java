/// From single-stack to dual-stack and back, for MicroK8s:
/// [dev.twinstack.dualstack.DualStackPlanner] is a pure function from what is found
/// ([dev.twinstack.dualstack.ClusterFindings]) and what is wanted to a list of edits or to
/// refusals. Nothing here changes anything.
///
/// May import: `net` and `crd`.
@NullMarked
package dev.twinstack.dualstack;

import org.jspecify.annotations.NullMarked;

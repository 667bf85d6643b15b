/// The leading controller's part of the way to dual-stack: reads the cluster and the nodes'
/// reports, asks [dev.twinstack.dualstack.Rollout] what comes next, does that, and writes the
/// status.
///
/// May import: `crd`, `dualstack`.
@NullMarked
package dev.twinstack.operator.dualstack;

import org.jspecify.annotations.NullMarked;

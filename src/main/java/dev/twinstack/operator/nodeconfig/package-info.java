/// The role `node-config`: one process a node that carries out orders of the leading controller on
/// the way to dual-stack. What it does next is decided by [dev.twinstack.dualstack.NodeConversion];
/// here files are read and written, loopback ports are asked, and the report is sent.
///
/// May import: `crd`, `dualstack`.
@NullMarked
package dev.twinstack.operator.nodeconfig;

import org.jspecify.annotations.NullMarked;

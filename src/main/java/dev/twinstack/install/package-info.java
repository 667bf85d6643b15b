/// Putting the program onto a cluster and taking it off: its own manifests as they stand in
/// `kubernetes/`, what a cluster is found to have, and steps that a script with kubectl or the
/// program itself carries out. Pure, but for [dev.twinstack.install.ClusterAccess].
///
/// May import nothing of the program.
@NullMarked
package dev.twinstack.install;

import org.jspecify.annotations.NullMarked;

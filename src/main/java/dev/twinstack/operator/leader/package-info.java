/// Which of the controllers decides: a Kubernetes Lease, and what this process may still do by it.
///
/// May import: the fabric8 client.
@NullMarked
package dev.twinstack.operator.leader;

import org.jspecify.annotations.NullMarked;

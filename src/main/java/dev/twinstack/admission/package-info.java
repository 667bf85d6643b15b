/// Admission: what a Service asks for, the mutating, validating and conversion webhooks with their
/// own HTTPS listener, and the certificates they serve with. Every decision is a pure function; the
/// listener and the cluster access around them are small.
///
/// May import: `config`, `crd`, `allocation`, `net`, `selector`, and its own sub-packages.
@NullMarked
package dev.twinstack.admission;

import org.jspecify.annotations.NullMarked;

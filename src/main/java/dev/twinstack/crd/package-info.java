/// The Kubernetes kinds that Twinstack reads and writes: MetalLB's own (`metallb.io`), exactly as
/// MetalLB's users know them, and Twinstack's (`twinstack.dev`). Classes carry the name of their
/// kind. The CustomResourceDefinitions in `kubernetes/crds` are generated from here; what the API
/// server checks (required, bounds, defaults, CEL) stands as annotations on the fields, what needs
/// more than one object is checked in `config`.
///
/// May import: the fabric8 model and Jackson, nothing of Twinstack.
@NullMarked
package dev.twinstack.crd;

import org.jspecify.annotations.NullMarked;

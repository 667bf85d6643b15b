/// The conversion webhook: BGPPeers between `metallb.io/v1beta1` and `v1beta2`, as JSON, so that
/// nothing gets lost that no model knows.
///
/// Private to `admission`. May import: `crd`.
@NullMarked
package dev.twinstack.admission.conversion;

import org.jspecify.annotations.NullMarked;

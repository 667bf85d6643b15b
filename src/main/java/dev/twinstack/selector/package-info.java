/// Kubernetes label selectors as plain values, so that engines and pure planners can match labels
/// without knowing the Kubernetes API.
///
/// May import: nothing of Twinstack.
@NullMarked
package dev.twinstack.selector;

import org.jspecify.annotations.NullMarked;

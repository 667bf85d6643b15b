/// Fakes of what admission needs, for its tests and for those of its neighbours.
@NullMarked
package dev.twinstack.admission.testing;

import org.jspecify.annotations.NullMarked;

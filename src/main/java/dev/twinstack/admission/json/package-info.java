/// Reads Services out of JSON without what nobody here looks at. Imports Jackson and fabric8's
/// model.
@NullMarked
package dev.twinstack.admission.json;

import org.jspecify.annotations.NullMarked;

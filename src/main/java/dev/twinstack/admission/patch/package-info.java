/// JSON Patch (RFC 6902) as a value.
///
/// Private to `admission`. May import: nothing of Twinstack.
@NullMarked
package dev.twinstack.admission.patch;

import org.jspecify.annotations.NullMarked;

/// The answers to the API server's questions, each a pure function of the request and of what is
/// known, without HTTP.
///
/// Private to `admission`. May import: `admission`, `admission.patch`, `admission.conversion`,
/// `config`, `crd`, `allocation`, `net`.
@NullMarked
package dev.twinstack.admission.review;

import org.jspecify.annotations.NullMarked;

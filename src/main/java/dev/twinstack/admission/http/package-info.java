/// The HTTPS listener of the webhooks: reads bodies, hands them to the handlers on virtual threads,
/// writes what they answer.
///
/// Private to `admission`. May import: `admission`, `admission.review`, `admission.conversion`,
/// `admission.certificate`.
@NullMarked
package dev.twinstack.admission.http;

import org.jspecify.annotations.NullMarked;

/// The certificates of the webhooks: a certificate authority of our own, the certificate the
/// listener serves with, when to renew which, the Secret they are kept in, and the `caBundle` of
/// the webhook configurations and of the CRD with a conversion webhook.
///
/// Private to `admission`. May import: `net`.
@NullMarked
package dev.twinstack.admission.certificate;

import org.jspecify.annotations.NullMarked;

/// The controller: Services get their addresses, pools and configuration their statuses.
///
/// [AddressBook] is the one place where addresses change hands, under one lock; the reconciler and
/// the webhooks both go through it. May import: `admission`, `allocation`, `config`, `crd`, `net`.
@NullMarked
package dev.twinstack.operator.controller;

import org.jspecify.annotations.NullMarked;

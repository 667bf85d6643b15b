/// Which Service gets which address, when, and why not: pools, requests, decisions and the
/// [Allocator][dev.twinstack.allocation.Allocator] with its index. No clock, no I/O, no Kubernetes:
/// the caller maps Services to [AddressRequest][dev.twinstack.allocation.AddressRequest]s and
/// writes decisions back.
///
/// May import: `net`, `selector`.
@NullMarked
package dev.twinstack.allocation;

import org.jspecify.annotations.NullMarked;

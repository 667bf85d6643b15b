/// What people and monitoring see of the program: metrics with MetalLB's names, health and the
/// read-only HTTP API.
///
/// May import every other package but `cli`.
@NullMarked
package dev.twinstack.observe;

import org.jspecify.annotations.NullMarked;

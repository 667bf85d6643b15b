/// Fakes and fixtures for tests around BGP.
@NullMarked
package dev.twinstack.bgp.testing;

import org.jspecify.annotations.NullMarked;

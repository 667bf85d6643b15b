/// What tests of the BGP engine share: the vector files, how a reaction is judged, recorded events.
@NullMarked
package dev.twinstack.bgp.testing;

import org.jspecify.annotations.NullMarked;

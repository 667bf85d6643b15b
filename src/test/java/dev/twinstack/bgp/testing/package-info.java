/// What several BGP tests share: the vector files and how a reaction to them is judged.
@NullMarked
package dev.twinstack.bgp.testing;

import org.jspecify.annotations.NullMarked;

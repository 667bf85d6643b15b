/// Values for tests of what the speaker shows.
@NullMarked
package dev.twinstack.operator.testing;

import org.jspecify.annotations.NullMarked;

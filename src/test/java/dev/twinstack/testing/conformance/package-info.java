/// Reads the tables of `src/test/resources/conformance`, strictly.
@NullMarked
package dev.twinstack.testing.conformance;

import org.jspecify.annotations.NullMarked;

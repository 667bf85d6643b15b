/// Differences between texts, as people read them.
@NullMarked
package dev.twinstack.dualstack.text;

import org.jspecify.annotations.NullMarked;

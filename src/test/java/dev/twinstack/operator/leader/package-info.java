@NullMarked
package dev.twinstack.operator.leader;

import org.jspecify.annotations.NullMarked;

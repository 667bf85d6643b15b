@NullMarked
package dev.twinstack.operator;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.twinstack.net;

import org.jspecify.annotations.NullMarked;

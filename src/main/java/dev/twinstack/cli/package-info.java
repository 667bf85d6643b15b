/// The commands of the program. Parsing is done before anything else starts; only commands that run
/// a role start Quarkus.
///
/// May import every other package.
@NullMarked
package dev.twinstack.cli;

import org.jspecify.annotations.NullMarked;

/// Wires the engines to the cluster: the roles of the program, the objects it watches, and the
/// controller that gives Services their addresses.
///
/// May import every other package but `cli` and `observe`. Decisions stand in the engines; what is
/// here reads objects, asks an engine and writes the answer.
@NullMarked
package dev.twinstack.operator;

import org.jspecify.annotations.NullMarked;

/// The speaker of one node: watches Services, EndpointSlices, its Node and the configuration, has
/// the planner decide, and tells the BGP speaker the differences. Writes what it sees of its
/// sessions.
///
/// May import what `operator` may. `announce` decides, `bgp` talks; here is only the wiring.
@NullMarked
package dev.twinstack.operator.speaker;

import org.jspecify.annotations.NullMarked;

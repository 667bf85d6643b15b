/// What this node announces over BGP, and why not: configuration, one node, one Service and its
/// endpoints become routes per peer or the reason against them. Pure: no clock, no I/O, no
/// Kubernetes types.
///
/// [AdvertisementPlanner] decides for one Service, [RouteTable] adds the Services up and says what
/// changed for which peer.
///
/// May import: config, net, selector, allocation (`ServiceKey`, `Pool`), bgp (communities).
@NullMarked
package dev.twinstack.announce;

import org.jspecify.annotations.NullMarked;

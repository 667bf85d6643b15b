package dev.twinstack.bgp.wire;

/// What a path attribute's octets turned out to be.
sealed interface AttributeOutcome permits PathAttribute, AttributeFault {}

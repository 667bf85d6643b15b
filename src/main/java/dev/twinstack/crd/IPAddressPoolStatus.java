package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/// Counters of a pool; saturated at 2^63-1. An address that several Services share counts once.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonClassDescription("How full the pool is.")
public record IPAddressPoolStatus(
        @Required @JsonPropertyDescription("IPv4 addresses that Services hold.") long assignedIPv4,
        @Required @JsonPropertyDescription("IPv6 addresses that Services hold.") long assignedIPv6,
        @Required @JsonPropertyDescription("IPv4 addresses that are free.") long availableIPv4,
        @Required @JsonPropertyDescription("IPv6 addresses that are free.") long availableIPv6) {}

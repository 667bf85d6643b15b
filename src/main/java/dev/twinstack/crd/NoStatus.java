package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/// The status of a kind that has a status subresource but nothing in it, as in MetalLB.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonClassDescription("Nothing is reported here.")
public record NoStatus() {}

package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/// The spec of a kind that only reports.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonClassDescription("Nothing can be wished for here; see status.")
public record NoSpec() {}

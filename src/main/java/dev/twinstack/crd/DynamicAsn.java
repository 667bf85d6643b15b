package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Which AS numbers a peer without a configured one may have.
public enum DynamicAsn {
    /// Our own number: iBGP.
    @JsonProperty("internal")
    INTERNAL,
    /// Any but our own: eBGP.
    @JsonProperty("external")
    EXTERNAL
}

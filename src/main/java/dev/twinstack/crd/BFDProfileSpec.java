package dev.twinstack.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/// Intervals in milliseconds. What is absent takes FRR's default, as MetalLB's users know it.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Timers and modes of a BFD session.")
public record BFDProfileSpec(
        @Min(10)
                @Max(60000)
                @JsonPropertyDescription(
                        "The shortest time between control packets we can receive, in milliseconds."
                                + " Default 300.")
                @Nullable Integer receiveInterval,
        @Min(10)
                @Max(60000)
                @JsonPropertyDescription(
                        "The shortest time between control packets we send, in milliseconds."
                                + " Default 300.")
                @Nullable Integer transmitInterval,
        @Min(2)
                @Max(255)
                @JsonPropertyDescription(
                        "How many packets may be lost before the session is down. Default 3.")
                @Nullable Integer detectMultiplier,
        @Min(10)
                @Max(60000)
                @JsonPropertyDescription(
                        "The shortest time between echo packets we can receive, in milliseconds."
                                + " Default 50.")
                @Nullable Integer echoInterval,
        @JsonPropertyDescription("Whether to send echo packets. Not over several hops.")
                @Nullable Boolean echoMode,
        @JsonPropertyDescription("Whether to wait for the peer's first packet before sending.")
                @Nullable Boolean passiveMode,
        @Min(1)
                @Max(254)
                @JsonPropertyDescription(
                        "For peers several hops away: the lowest TTL of packets to accept.")
                @Nullable Integer minimumTtl) {

    /// What an object without a spec says.
    public static final BFDProfileSpec DEFAULTS =
            new BFDProfileSpec(null, null, null, null, null, null, null);
}

package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// Something an UPDATE says about its routes (RFC 4271 section 5).
public sealed interface PathAttribute extends AttributeOutcome
        permits Origin,
                AsPath,
                NextHop,
                MultiExitDiscriminator,
                LocalPreference,
                AtomicAggregate,
                Aggregator,
                Communities,
                OriginatorId,
                ClusterList,
                MpReach,
                MpUnreach,
                OpaqueMpReach,
                OpaqueMpUnreach,
                ExtendedCommunities,
                As4Path,
                As4Aggregator,
                LargeCommunities,
                OnlyToCustomer,
                UnknownAttribute {

    AttributeType type();

    /// The flags to send: Optional, Transitive and Partial. Extended Length is the encoder's.
    default int flags() {
        return type().category().flags();
    }

    /// Appends the value, without flags, type and length.
    void encodeValue(ByteBuf out, WireOptions options);
}

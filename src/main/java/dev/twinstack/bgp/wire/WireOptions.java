package dev.twinstack.bgp.wire;

import java.util.Set;

/// What both sides agreed on, as far as it changes the bytes of a session.
///
/// @param fourOctetAs AS numbers have four octets in AS_PATH and AGGREGATOR (RFC 6793)
/// @param internal the peer is of our own AS (iBGP)
/// @param maxLength the longest message either way: 4096, or 65535 with RFC 8654
/// @param families whose NLRI is read; routes of others stay opaque octets
/// @param addPathReceived families whose prefixes come with a path identifier (RFC 7911)
/// @param addPathSent families whose prefixes we send with one
/// @param enhancedRefresh both sides sent capability 70 (RFC 7313)
public record WireOptions(
        boolean fourOctetAs,
        boolean internal,
        int maxLength,
        Set<AddressFamily> families,
        Set<AddressFamily> addPathReceived,
        Set<AddressFamily> addPathSent,
        boolean enhancedRefresh) {

    /// The limit of RFC 4271 section 4.1.
    public static final int STANDARD_LENGTH = 4096;

    /// The limit of RFC 8654.
    public static final int EXTENDED_LENGTH = 65535;

    private static final Set<AddressFamily> UNICAST =
            Set.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST);

    /// Before and without any negotiation, and for reading OPENs.
    public static final WireOptions INITIAL =
            new WireOptions(
                    false,
                    false,
                    STANDARD_LENGTH,
                    Set.of(AddressFamily.IPV4_UNICAST),
                    Set.of(),
                    Set.of(),
                    false);

    /// The usual eBGP session of today: four-octet AS numbers, IPv4 and IPv6 unicast.
    public static final WireOptions EXTERNAL =
            new WireOptions(true, false, STANDARD_LENGTH, UNICAST, Set.of(), Set.of(), false);

    /// The usual iBGP session of today.
    public static final WireOptions INTERNAL =
            new WireOptions(true, true, STANDARD_LENGTH, UNICAST, Set.of(), Set.of(), false);

    public WireOptions {
        if (maxLength != STANDARD_LENGTH && maxLength != EXTENDED_LENGTH) {
            throw new IllegalArgumentException("No message limit: " + maxLength);
        }
        families = Set.copyOf(families);
        addPathReceived = Set.copyOf(addPathReceived);
        addPathSent = Set.copyOf(addPathSent);
    }

    public WireOptions withFourOctetAs(boolean inUse) {
        return new WireOptions(
                inUse,
                internal,
                maxLength,
                families,
                addPathReceived,
                addPathSent,
                enhancedRefresh);
    }

    public WireOptions withMaxLength(int length) {
        return new WireOptions(
                fourOctetAs,
                internal,
                length,
                families,
                addPathReceived,
                addPathSent,
                enhancedRefresh);
    }

    public WireOptions withFamilies(Set<AddressFamily> negotiated) {
        return new WireOptions(
                fourOctetAs,
                internal,
                maxLength,
                negotiated,
                addPathReceived,
                addPathSent,
                enhancedRefresh);
    }

    public WireOptions withAddPath(Set<AddressFamily> received, Set<AddressFamily> sent) {
        return new WireOptions(
                fourOctetAs, internal, maxLength, families, received, sent, enhancedRefresh);
    }

    public WireOptions withEnhancedRefresh(boolean inUse) {
        return new WireOptions(
                fourOctetAs, internal, maxLength, families, addPathReceived, addPathSent, inUse);
    }
}

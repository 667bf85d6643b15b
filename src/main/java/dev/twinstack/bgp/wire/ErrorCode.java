package dev.twinstack.bgp.wire;

/// Code and subcode of a NOTIFICATION: an open code point, because a peer may name one we have
/// never heard of. Over the constants stands what the RFC says; [#toString] has the words for
/// people.
public record ErrorCode(int code, int subcode) {

    /// The Marker field is not all ones, RFC 4271 section 6.1.
    public static final ErrorCode CONNECTION_NOT_SYNCHRONIZED = new ErrorCode(1, 1);

    /// The Length field is out of bounds; data is the erroneous Length field, RFC 4271 section 6.1.
    public static final ErrorCode BAD_MESSAGE_LENGTH = new ErrorCode(1, 2);

    /// The Type field is not recognized; data is the erroneous Type field, RFC 4271 section 6.1.
    public static final ErrorCode BAD_MESSAGE_TYPE = new ErrorCode(1, 3);

    /// A recognized part of the OPEN is malformed, RFC 4271 section 6.2.
    public static final ErrorCode OPEN_UNSPECIFIC = new ErrorCode(2, 0);

    /// Data is the largest version supported, two octets, RFC 4271 section 6.2.
    public static final ErrorCode UNSUPPORTED_VERSION = new ErrorCode(2, 1);

    /// The Autonomous System field is unacceptable, RFC 4271 section 6.2.
    public static final ErrorCode BAD_PEER_AS = new ErrorCode(2, 2);

    /// The BGP Identifier is zero, or equal to ours within an AS, RFC 6286 section 2.2.
    public static final ErrorCode BAD_BGP_IDENTIFIER = new ErrorCode(2, 3);

    /// One of the Optional Parameters is not recognized, RFC 4271 section 6.2.
    public static final ErrorCode UNSUPPORTED_OPTIONAL_PARAMETER = new ErrorCode(2, 4);

    /// A Hold Time of one or two seconds, RFC 4271 section 6.2.
    public static final ErrorCode UNACCEPTABLE_HOLD_TIME = new ErrorCode(2, 6);

    /// Data lists the capabilities insisted on, RFC 5492 section 5.
    public static final ErrorCode UNSUPPORTED_CAPABILITY = new ErrorCode(2, 7);

    /// The roles of both sides do not fit, RFC 9234 section 4.2.
    public static final ErrorCode ROLE_MISMATCH = new ErrorCode(2, 11);

    /// The lengths inside an UPDATE contradict each other, RFC 4271 section 6.3.
    public static final ErrorCode MALFORMED_ATTRIBUTE_LIST = new ErrorCode(3, 1);

    /// Data is the attribute, RFC 4271 section 6.3.
    public static final ErrorCode UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE = new ErrorCode(3, 2);

    /// An optional attribute is in error; data is the attribute, RFC 4271 section 6.3, RFC 4760
    /// section 7.
    public static final ErrorCode OPTIONAL_ATTRIBUTE_ERROR = new ErrorCode(3, 9);

    /// The NLRI or Withdrawn Routes field is syntactically incorrect, RFC 4271 section 6.3.
    public static final ErrorCode INVALID_NETWORK_FIELD = new ErrorCode(3, 10);

    /// Nothing came for the Hold Time, RFC 4271 section 6.5.
    public static final ErrorCode HOLD_TIMER_EXPIRED = new ErrorCode(4, 0);

    /// RFC 6608.
    public static final ErrorCode UNEXPECTED_MESSAGE_IN_OPEN_SENT = new ErrorCode(5, 1);

    /// RFC 6608.
    public static final ErrorCode UNEXPECTED_MESSAGE_IN_OPEN_CONFIRM = new ErrorCode(5, 2);

    /// RFC 6608.
    public static final ErrorCode UNEXPECTED_MESSAGE_IN_ESTABLISHED = new ErrorCode(5, 3);

    /// RFC 4486, as all of code 6 up to subcode 8.
    public static final ErrorCode MAXIMUM_PREFIXES = new ErrorCode(6, 1);

    public static final ErrorCode ADMINISTRATIVE_SHUTDOWN = new ErrorCode(6, 2);
    public static final ErrorCode PEER_DE_CONFIGURED = new ErrorCode(6, 3);
    public static final ErrorCode ADMINISTRATIVE_RESET = new ErrorCode(6, 4);
    public static final ErrorCode CONNECTION_REJECTED = new ErrorCode(6, 5);
    public static final ErrorCode OTHER_CONFIGURATION_CHANGE = new ErrorCode(6, 6);
    public static final ErrorCode CONNECTION_COLLISION = new ErrorCode(6, 7);
    public static final ErrorCode OUT_OF_RESOURCES = new ErrorCode(6, 8);

    /// Ends a session for good although graceful restart was negotiated; data is the notification
    /// proper, RFC 8538 section 3.
    public static final ErrorCode HARD_RESET = new ErrorCode(6, 9);

    /// RFC 9384.
    public static final ErrorCode BFD_DOWN = new ErrorCode(6, 10);

    /// A ROUTE-REFRESH with a subtype has the wrong length; data is the message, RFC 7313 section
    /// 5.
    public static final ErrorCode INVALID_ROUTE_REFRESH_LENGTH = new ErrorCode(7, 1);

    /// The peer stopped reading, RFC 9687.
    public static final ErrorCode SEND_HOLD_TIMER_EXPIRED = new ErrorCode(8, 0);

    public ErrorCode {
        if (code < 0 || code > 0xff || subcode < 0 || subcode > 0xff) {
            throw new IllegalArgumentException("No code/subcode: " + code + "/" + subcode);
        }
    }

    /// The class of error in words, like `OPEN Message Error`.
    public String codeName() {
        return ErrorNames.code(code);
    }

    /// The error within its class in words, like `Bad Peer AS`; `Unspecific` for subcode 0.
    public String subcodeName() {
        return ErrorNames.subcode(code, subcode);
    }

    /// In words, like `OPEN Message Error/Bad Peer AS`; without the second half where the class has
    /// no subcodes.
    @Override
    public String toString() {
        return subcode == 0 ? codeName() : codeName() + "/" + subcodeName();
    }
}

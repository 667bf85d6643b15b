package dev.twinstack.bgp.session;

/// Why a TCP connection did not come about.
public enum ConnectFailure {
    /// The peer's host answered with RST.
    REFUSED,
    /// No way there, or nobody at home on the link.
    UNREACHABLE,
    /// No answer at all.
    TIMED_OUT,
    /// The source address is not one of this node's.
    NO_SUCH_SOURCE,
    /// Anything else.
    OTHER
}

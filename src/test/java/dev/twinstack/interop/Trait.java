package dev.twinstack.interop;

/// What both ends of a session are told beyond addresses, AS numbers and families.
enum Trait {
    PASSWORD,
    TTL_SECURITY,
    EXTENDED_NEXT_HOP,
    GRACEFUL_RESTART,

    /// The router is the provider, the node its customer.
    ROLES,

    /// The router connects, and the node waits.
    ROUTER_CALLS,

    /// The router tells the node what it knows.
    ROUTER_TELLS
}

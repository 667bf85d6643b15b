package dev.twinstack.bgp;

/// One path attribute of a [ReceivedRoute], as it was decoded.
///
/// @param code its type on the wire
/// @param name the RFC's name, like `AS_PATH`; `attribute 99` where we know none
/// @param value in the words of a router's command line; the hex digits of what we don't know
public record ReceivedAttribute(int code, String name, String value) {}

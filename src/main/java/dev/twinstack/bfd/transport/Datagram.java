package dev.twinstack.bfd.transport;

import dev.twinstack.net.IpAddress;
import java.nio.ByteBuffer;

/// A datagram as it came.
///
/// @param destination which of our addresses it was sent to
/// @param device the index of the interface it came in by
/// @param ttl TTL or hop limit; 0 where the kernel did not tell
record Datagram(IpAddress source, IpAddress destination, int device, int ttl, ByteBuffer payload) {}

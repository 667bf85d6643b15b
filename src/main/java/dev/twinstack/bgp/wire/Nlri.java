package dev.twinstack.bgp.wire;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.IpPrefix;

/// A prefix as it stands in an UPDATE, with a path identifier where RFC 7911 is in use.
///
/// @param pathId an unsigned number of 32 bits, or [#NO_PATH_ID]
public record Nlri(IpPrefix prefix, long pathId) {

    public static final long NO_PATH_ID = -1;

    public Nlri {
        requireNonNull(prefix, "prefix");
        if (pathId < NO_PATH_ID || pathId > 0xffff_ffffL) {
            throw new IllegalArgumentException("A path identifier has 32 bits, not " + pathId);
        }
    }

    public Nlri(IpPrefix prefix) {
        this(prefix, NO_PATH_ID);
    }

    public boolean hasPathId() {
        return pathId != NO_PATH_ID;
    }

    @Override
    public String toString() {
        return hasPathId() ? prefix + " path " + pathId : prefix.toString();
    }
}

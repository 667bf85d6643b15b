package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;

/// The place of an address in its pool: by range as written, then by number. Addresses are given in
/// this order.
record Position(int range, IpAddress address) implements Comparable<Position> {

    @Override
    public int compareTo(Position other) {
        int byRange = Integer.compare(range, other.range);
        return byRange != 0 ? byRange : address.compareTo(other.address);
    }
}

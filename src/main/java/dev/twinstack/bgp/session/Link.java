package dev.twinstack.bgp.session;

/// One TCP connection of a peer, opened or being opened. Numbers are never used twice, so news of a
/// connection that is long gone can't be taken for news of the present one.
public record Link(Direction direction, long number) {

    /// Who opened it.
    public enum Direction {
        /// We connected.
        OUTGOING,
        /// The peer connected.
        INCOMING
    }

    public static Link outgoing(long number) {
        return new Link(Direction.OUTGOING, number);
    }

    public static Link incoming(long number) {
        return new Link(Direction.INCOMING, number);
    }

    /// `out1`, `in1`.
    @Override
    public String toString() {
        return switch (direction) {
            case OUTGOING -> "out" + number;
            case INCOMING -> "in" + number;
        };
    }
}

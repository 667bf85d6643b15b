package dev.twinstack.bfd;

/// The states of RFC 5880 section 6.2.
public enum BfdState {
    /// Kept down on purpose, which says nothing about the path.
    ADMIN_DOWN(0, "AdminDown"),
    /// Nothing heard, or nothing that hears us.
    DOWN(1, "Down"),
    /// The peer is heard and seems not to hear us yet.
    INIT(2, "Init"),
    /// Both hear each other.
    UP(3, "Up");

    private final int code;
    private final String text;

    BfdState(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /// @param code two bits of a packet
    public static BfdState of(int code) {
        return switch (code) {
            case 0 -> ADMIN_DOWN;
            case 1 -> DOWN;
            case 2 -> INIT;
            case 3 -> UP;
            default -> throw new IllegalArgumentException("A state has two bits, not " + code);
        };
    }

    public int code() {
        return code;
    }

    /// The RFC's spelling.
    @Override
    public String toString() {
        return text;
    }
}

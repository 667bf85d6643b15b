package dev.twinstack.bfd.wire;

/// Why a system left the Up state last (RFC 5880 section 4.1), five bits. Unknown ones are passed
/// on as they are.
public record Diagnostic(int code) {

    public static final Diagnostic NONE = new Diagnostic(0);
    public static final Diagnostic DETECTION_TIME_EXPIRED = new Diagnostic(1);
    public static final Diagnostic ECHO_FAILED = new Diagnostic(2);
    public static final Diagnostic NEIGHBOR_SIGNALED_DOWN = new Diagnostic(3);
    public static final Diagnostic FORWARDING_PLANE_RESET = new Diagnostic(4);
    public static final Diagnostic PATH_DOWN = new Diagnostic(5);
    public static final Diagnostic CONCATENATED_PATH_DOWN = new Diagnostic(6);
    public static final Diagnostic ADMINISTRATIVELY_DOWN = new Diagnostic(7);
    public static final Diagnostic REVERSE_CONCATENATED_PATH_DOWN = new Diagnostic(8);

    public Diagnostic {
        if (code < 0 || code > 31) {
            throw new IllegalArgumentException("A diagnostic has five bits, not " + code);
        }
    }

    /// In the RFC's words.
    @Override
    public String toString() {
        return switch (code) {
            case 0 -> "no diagnostic";
            case 1 -> "control detection time expired";
            case 2 -> "echo function failed";
            case 3 -> "neighbor signaled session down";
            case 4 -> "forwarding plane reset";
            case 5 -> "path down";
            case 6 -> "concatenated path down";
            case 7 -> "administratively down";
            case 8 -> "reverse concatenated path down";
            default -> "diagnostic " + code;
        };
    }
}

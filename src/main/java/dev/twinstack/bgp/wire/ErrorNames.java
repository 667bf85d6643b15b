package dev.twinstack.bgp.wire;

/// The names of the IANA registries "BGP Error (Notification) Codes" and its subcodes.
final class ErrorNames {

    private static final String[] HEADER = {
        "Connection Not Synchronized", "Bad Message Length", "Bad Message Type"
    };

    private static final String[] OPEN = {
        "Unsupported Version Number",
        "Bad Peer AS",
        "Bad BGP Identifier",
        "Unsupported Optional Parameter",
        "Authentication Failure",
        "Unacceptable Hold Time",
        "Unsupported Capability",
        "",
        "",
        "",
        "Role Mismatch"
    };

    private static final String[] UPDATE = {
        "Malformed Attribute List",
        "Unrecognized Well-known Attribute",
        "Missing Well-known Attribute",
        "Attribute Flags Error",
        "Attribute Length Error",
        "Invalid ORIGIN Attribute",
        "AS Routing Loop",
        "Invalid NEXT_HOP Attribute",
        "Optional Attribute Error",
        "Invalid Network Field",
        "Malformed AS_PATH"
    };

    private static final String[] STATE = {
        "Unexpected Message in OpenSent State",
        "Unexpected Message in OpenConfirm State",
        "Unexpected Message in Established State"
    };

    private static final String[] CEASE = {
        "Maximum Number of Prefixes Reached",
        "Administrative Shutdown",
        "Peer De-configured",
        "Administrative Reset",
        "Connection Rejected",
        "Other Configuration Change",
        "Connection Collision Resolution",
        "Out of Resources",
        "Hard Reset",
        "BFD Down"
    };

    private static final String[] REFRESH = {"Invalid Message Length"};

    private static final String[] NONE = {};

    private ErrorNames() {}

    static String code(int code) {
        return switch (code) {
            case 1 -> "Message Header Error";
            case 2 -> "OPEN Message Error";
            case 3 -> "UPDATE Message Error";
            case 4 -> "Hold Timer Expired";
            case 5 -> "Finite State Machine Error";
            case 6 -> "Cease";
            case 7 -> "ROUTE-REFRESH Message Error";
            case 8 -> "Send Hold Timer Expired";
            default -> "Unknown error " + code;
        };
    }

    static String subcode(int code, int subcode) {
        if (subcode == 0) {
            return "Unspecific";
        }
        String[] names =
                switch (code) {
                    case 1 -> HEADER;
                    case 2 -> OPEN;
                    case 3 -> UPDATE;
                    case 5 -> STATE;
                    case 6 -> CEASE;
                    case 7 -> REFRESH;
                    default -> NONE;
                };
        return subcode > names.length || names[subcode - 1].isEmpty()
                ? "Unknown subcode " + subcode
                : names[subcode - 1];
    }
}

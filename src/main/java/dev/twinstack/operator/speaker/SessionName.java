package dev.twinstack.operator.speaker;

import java.util.HexFormat;

/// Names made of the names of others, which together may be too long for the Kubernetes API.
final class SessionName {

    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final int HASH = 8;

    private SessionName() {}

    /// `<node>-<peer>`, or its beginning and a hash.
    static String of(String node, String peer) {
        return shortened(node + "-" + peer, MAX_NAME);
    }

    /// A name as the value of a label.
    static String label(String name) {
        return shortened(name, MAX_LABEL);
    }

    private static String shortened(String name, int length) {
        if (name.length() <= length) {
            return name;
        }
        return name.substring(0, length - HASH - 1) + "-" + hash(name);
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(NameHash.of(text)).substring(0, HASH);
    }
}

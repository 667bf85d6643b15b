package dev.twinstack.operator.speaker;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// Names made of the names of others, which together may be too long for the Kubernetes API.
final class SessionName {

    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final int HASH = 8;
    private static final Pattern UNSAFE = Pattern.compile("[^a-z0-9.-]");

    private SessionName() {}

    /// `<node>-<peer>`, or its beginning and a hash. What may not stand in a name, as in those of
    /// peers that came by themselves (`tor@2001:db8::1`), gives way to a hyphen and a hash.
    static String of(String node, String peer) {
        String name = node + "-" + peer;
        String safe = UNSAFE.matcher(name).replaceAll("-");
        return safe.equals(name)
                ? shortened(name, MAX_NAME)
                : shortened(safe, MAX_NAME - HASH - 1) + "-" + hash(name);
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

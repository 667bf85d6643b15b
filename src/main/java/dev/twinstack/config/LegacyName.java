package dev.twinstack.config;

import java.util.Locale;
import java.util.regex.Pattern;

/// Names of the old ConfigMap, which could be any text, as names of objects: MetalLB's converter's
/// rules, and what the API server would still refuse after them is mended.
final class LegacyName {

    private static final Pattern VALID = Pattern.compile("[a-z][-a-z0-9]{0,61}[a-z0-9]");
    private static final int LONGEST = 63;

    private LegacyName() {}

    /// Cut to 63 characters, in lower case, `-` in place of `_` and of what may not stand in a
    /// name, and without what comes before the first letter.
    ///
    /// @throws IllegalArgumentException if nothing is left
    static String of(String written) {
        if (VALID.matcher(written).matches()) {
            return written;
        }
        String cut = written.substring(0, Math.min(LONGEST, written.length()));
        String name =
                cut.toLowerCase(Locale.ROOT)
                        .replaceAll("[^-.a-z0-9]", "-")
                        .replaceAll("^[^a-z]+", "")
                        .replaceAll("[^a-z0-9]+$", "");
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"%.63s\" has no letter: no object can have that name".formatted(written));
        }
        return name;
    }
}

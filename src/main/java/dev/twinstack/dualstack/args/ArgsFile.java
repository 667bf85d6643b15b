package dev.twinstack.dualstack.args;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file of flags as kubelite reads it: one flag a line, blank lines and lines that start with `#`
/// skipped, quotes dropped, the last of several lines with the same flag in force.
///
/// @param text the whole file
public record ArgsFile(String text) {

    /// The value in force of a flag like `--cluster-cidr`, without quotes; a flag alone is `true`.
    public Optional<String> value(String flag) {
        Optional<String> value = Optional.empty();
        for (String line : text.split("\n", -1)) {
            if (names(line, flag)) {
                value = Optional.of(unquoted(line.strip().substring(flag.length())));
            }
        }
        return value;
    }

    /// The file with this value for the flag, in every line that names it, or in a new line at the
    /// end: as MicroK8s' own launcher does it.
    public ArgsFile with(String flag, String value) {
        List<String> lines = lines();
        boolean found = false;
        for (int i = 0; i < lines.size(); i++) {
            if (names(lines.get(i), flag)) {
                found = true;
                if (!unquoted(lines.get(i).strip().substring(flag.length())).equals(value)) {
                    lines.set(i, flag + "=" + value);
                }
            }
        }
        if (!found) {
            lines.add(flag + "=" + value);
        }
        return new ArgsFile(joined(lines));
    }

    /// The file without any line that names the flag.
    public ArgsFile without(String flag) {
        List<String> lines = lines();
        return lines.removeIf(line -> names(line, flag)) ? new ArgsFile(joined(lines)) : this;
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    private static String joined(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static boolean names(String line, String flag) {
        String stripped = line.strip();
        return stripped.startsWith(flag)
                && (stripped.length() == flag.length()
                        || "= \t".indexOf(stripped.charAt(flag.length())) >= 0);
    }

    private static String unquoted(String rest) {
        String value = rest.startsWith("=") ? rest.substring(1) : rest.strip();
        return rest.isEmpty() ? "true" : value.replace("\"", "").replace("'", "").strip();
    }
}

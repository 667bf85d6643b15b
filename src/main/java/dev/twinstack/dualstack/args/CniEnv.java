package dev.twinstack.dualstack.args;

import java.util.ArrayList;
import java.util.List;

/// `args/cni-env`: what MicroK8s' installer makes `cni.yaml` from. Kept in step so that later tools
/// see the truth.
///
/// @param text the whole file, empty when there is none
public record CniEnv(String text) {

    /// The file with this variable, in its line, in the commented line that stands for it, or at
    /// the end.
    public CniEnv with(String name, String value) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        int place = place(lines, name);
        if (place < 0) {
            lines.add(name + "=" + value);
        } else {
            lines.set(place, name + "=" + value);
        }
        return new CniEnv(String.join("\n", lines) + "\n");
    }

    private static int place(List<String> lines, String name) {
        int commented = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith(name + "=")) {
                return i;
            }
            if (line.startsWith("#") && line.substring(1).strip().startsWith(name + "=")) {
                commented = i;
            }
        }
        return commented;
    }
}

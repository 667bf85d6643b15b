package dev.twinstack.addon;

import dev.twinstack.addon.EnableArguments.DualStackMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what MicroK8s hands to the addon's `enable`. Two forms come: options, and what stood
/// behind a colon, which MicroK8s has split at every further colon, so that an IPv6 address arrives
/// in pieces.
public final class ArgumentReader {

    private static final String PIECE = "[0-9a-fA-F]{1,4}";
    private static final String SEE_HELP = "microk8s enable twinstack help lists the options";

    private final List<String> words;
    private final List<String> pools = new ArrayList<>();
    private final List<String> peers = new ArrayList<>();
    private final List<String> peerAsns = new ArrayList<>();
    private @Nullable String myAsn;
    private boolean layer2;
    private @Nullable DualStackMode dualStack;
    private boolean migrate;
    private final List<Refusal> refusals = new ArrayList<>();

    private ArgumentReader(List<String> words) {
        this.words = words;
    }

    /// What was understood.
    public sealed interface Reading {
        record Understood(EnableArguments arguments) implements Reading {}

        /// @param refusals everything that is wrong, not only the first
        record Refused(List<Refusal> refusals) implements Reading {
            public Refused {
                refusals = List.copyOf(refusals);
            }
        }
    }

    public static Reading read(List<String> words) {
        return new ArgumentReader(words).read();
    }

    private Reading read() {
        brokenColons();
        if (refusals.isEmpty()) {
            for (int i = 0; i < words.size(); i++) {
                i = word(i);
            }
        }
        if (!refusals.isEmpty()) {
            return new Reading.Refused(refusals);
        }
        return new Reading.Understood(
                new EnableArguments(
                        pools,
                        peers,
                        peerAsns,
                        Optional.ofNullable(myAsn),
                        layer2,
                        Optional.ofNullable(dualStack),
                        migrate));
    }

    /// `enable twinstack:2001:db8::/64` comes as `2001`, `db8`, ``, `/64`.
    private void brokenColons() {
        if (words.size() < 2
                || words.stream().anyMatch(word -> word.startsWith("-"))
                || words.getFirst().contains(".")
                || !words.getFirst().matches(PIECE + "|")) {
            return;
        }
        String typed = String.join(":", words);
        refuse(
                "twinstack:" + typed,
                "MicroK8s cuts what follows a colon at every further colon, so IPv6 addresses do"
                        + " not arrive whole",
                "type:  microk8s enable twinstack %s".formatted(options(typed)));
    }

    private static String options(String typed) {
        List<String> options = new ArrayList<>();
        for (String pool : typed.split(",", -1)) {
            options.add("--pool " + pool.strip());
        }
        return String.join(" ", options);
    }

    /// @return the last word that was used
    private int word(int at) {
        String word = words.get(at);
        if (!word.startsWith("-")) {
            positional(word, at);
            return at;
        }
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        switch (name) {
            case "--l2" -> layer2 = isGiven(word, equals) || layer2;
            case "--migrate" -> migrate = isGiven(word, equals) || migrate;
            case "--pool", "--peer", "--peer-asn", "--my-asn", "--dual-stack" -> {
                if (equals >= 0) {
                    option(name, word.substring(equals + 1));
                    return at;
                }
                if (at + 1 == words.size() || words.get(at + 1).startsWith("--")) {
                    refuse(name, "a value is missing", example(name));
                    return at;
                }
                option(name, words.get(at + 1));
                return at + 1;
            }
            default -> refuse(word, "there is no such option" + nearest(name), SEE_HELP);
        }
        return at;
    }

    private boolean isGiven(String word, int equals) {
        if (equals >= 0) {
            refuse(word, "this option takes no value", "type " + word.substring(0, equals));
        }
        return equals < 0;
    }

    /// The old form, `twinstack:10.0.0.1-10.0.0.9,10.1.0.0/24`: MetalLB's addon announces such
    /// pools by ARP.
    private void positional(String word, int at) {
        if (at > 0 || !word.matches("[0-9.,/ -]+")) {
            refuse(
                    word.isEmpty() ? "\"\"" : word,
                    word.contains(":") || word.matches("[0-9.,/-]+")
                            ? "a range of addresses needs --pool before it"
                            : "this is no option",
                    word.contains(":") || word.matches("[0-9.,/-]+")
                            ? "type:  --pool " + word
                            : SEE_HELP);
            return;
        }
        for (String pool : word.split(",", -1)) {
            pools.add(pool.strip());
        }
        layer2 = true;
    }

    private void option(String name, String value) {
        switch (name) {
            case "--pool" -> each(value, pools);
            case "--peer" -> each(value, peers);
            case "--peer-asn" -> each(value, peerAsns);
            case "--my-asn" -> {
                if (myAsn != null && !myAsn.equals(value)) {
                    refuse("--my-asn " + value, "it was " + myAsn + " before", "name one");
                }
                myAsn = value;
            }
            default -> mode(value);
        }
    }

    private static void each(String value, List<String> into) {
        for (String part : value.split(",", -1)) {
            into.add(part.strip());
        }
    }

    private void mode(String value) {
        switch (value.toLowerCase(Locale.ROOT)) {
            case "plan" -> dualStack = DualStackMode.PLAN;
            case "apply" -> dualStack = DualStackMode.APPLY;
            default ->
                    refuse(
                            "--dual-stack " + value,
                            "plan and apply can be",
                            "plan shows what would be done, apply does it");
        }
    }

    private static String nearest(String name) {
        return switch (name.replaceAll("[^a-z0-9]", "")) {
            case "pools", "range", "ranges", "addresses" -> "; did you mean --pool?";
            case "peers", "router", "neighbor" -> "; did you mean --peer?";
            case "asn", "myas", "localasn" -> "; did you mean --my-asn?";
            case "peeras", "remoteasn", "remoteas" -> "; did you mean --peer-asn?";
            case "layer2" -> "; did you mean --l2?";
            case "dualstack", "ipv6" -> "; did you mean --dual-stack?";
            default -> "";
        };
    }

    private static String example(String name) {
        return "type:  "
                + switch (name) {
                    case "--pool" -> "--pool 192.168.1.240-192.168.1.250";
                    case "--peer" -> "--peer 10.0.0.1";
                    case "--dual-stack" -> "--dual-stack plan";
                    default -> name + " 64512";
                };
    }

    private void refuse(String argument, String reason, String remedy) {
        refusals.add(new Refusal(argument, reason, remedy));
    }
}

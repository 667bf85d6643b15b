package dev.twinstack.bgp;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A large community of three times four octets (RFC 8092), all unsigned. Ordered part by part.
public record LargeCommunity(long globalAdministrator, long localData1, long localData2)
        implements Comparable<LargeCommunity> {

    private static final long MAX = 0xffff_ffffL;

    private static final Pattern TEXT =
            Pattern.compile("large:([0-9]{1,10}):([0-9]{1,10}):([0-9]{1,10})");

    private static final Comparator<LargeCommunity> ORDER =
            Comparator.comparingLong(LargeCommunity::globalAdministrator)
                    .thenComparingLong(LargeCommunity::localData1)
                    .thenComparingLong(LargeCommunity::localData2);

    public LargeCommunity {
        if (isTooBig(globalAdministrator) || isTooBig(localData1) || isTooBig(localData2)) {
            throw new IllegalArgumentException(
                    "Each part of a large community must be at most " + MAX);
        }
    }

    /// Parses MetalLB's spelling `large:a:b:c`, three decimal numbers of 32 bits.
    ///
    /// @throws IllegalArgumentException with one line that names the text
    public static LargeCommunity parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a large community: expected large: and three numbers"
                            .formatted(text));
        }
        try {
            return new LargeCommunity(
                    Long.parseLong(matcher.group(1)),
                    Long.parseLong(matcher.group(2)),
                    Long.parseLong(matcher.group(3)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a large community: each number must be at most %d"
                            .formatted(text, MAX),
                    e);
        }
    }

    @Override
    public int compareTo(LargeCommunity other) {
        return ORDER.compare(this, other);
    }

    /// `a:b:c`, as routers print it.
    @Override
    public String toString() {
        return globalAdministrator + ":" + localData1 + ":" + localData2;
    }

    private static boolean isTooBig(long part) {
        return part < 0 || part > MAX;
    }
}

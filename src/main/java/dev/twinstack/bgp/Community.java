package dev.twinstack.bgp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A community of four octets (RFC 1997), written `64512:100`. Ordered numerically.
///
/// @param value all four octets as an unsigned number
public record Community(long value) implements Comparable<Community> {

    /// Traffic to this route is to be drained, RFC 8326.
    public static final Community GRACEFUL_SHUTDOWN = new Community(0xffff_0000L);

    /// Not to be announced outside the AS (or confederation), RFC 1997.
    public static final Community NO_EXPORT = new Community(0xffff_ff01L);

    /// Not to be announced to any other peer, RFC 1997.
    public static final Community NO_ADVERTISE = new Community(0xffff_ff02L);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,10}):([0-9]{1,10})");

    public Community {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException("A community has 32 bits, not " + value);
        }
    }

    /// The community `high:low`, each of two octets.
    public static Community of(int high, int low) {
        return new Community(octets(high) << 16 | octets(low));
    }

    /// Parses `high:low`, two decimal numbers of 0..65535. Well-known names are no numbers: they
    /// need an alias in the configuration.
    ///
    /// @throws IllegalArgumentException with one line that names the text
    public static Community parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a community: expected two numbers, like 64512:100"
                            .formatted(text));
        }
        try {
            return of(
                    Math.toIntExact(Long.parseLong(matcher.group(1))),
                    Math.toIntExact(Long.parseLong(matcher.group(2))));
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a community: each number must be at most 65535".formatted(text),
                    e);
        }
    }

    public int high() {
        return (int) (value >>> 16);
    }

    public int low() {
        return (int) (value & 0xffff);
    }

    @Override
    public int compareTo(Community other) {
        return Long.compare(value, other.value);
    }

    /// `high:low`.
    @Override
    public String toString() {
        return high() + ":" + low();
    }

    private static long octets(int half) {
        if (half < 0 || half > 0xffff) {
            throw new IllegalArgumentException(half + " is not in 0..65535");
        }
        return half;
    }
}

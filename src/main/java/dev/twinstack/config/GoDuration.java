package dev.twinstack.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Go writes them (`time.ParseDuration`): `90s`, `1m30s`, `1.5h`, `0`.
final class GoDuration {

    private static final Map<String, BigDecimal> NANOS =
            Map.of(
                    "ns", BigDecimal.ONE,
                    "us", BigDecimal.valueOf(1_000),
                    "µs", BigDecimal.valueOf(1_000),
                    "μs", BigDecimal.valueOf(1_000),
                    "ms", BigDecimal.valueOf(1_000_000),
                    "s", BigDecimal.valueOf(1_000_000_000L),
                    "m", BigDecimal.valueOf(60_000_000_000L),
                    "h", BigDecimal.valueOf(3_600_000_000_000L));

    private static final Pattern PART =
            Pattern.compile(
                    "([0-9]{1,20}(?:\\.[0-9]{0,20})?|\\.[0-9]{1,20})(ns|us|µs|μs|ms|s|m|h)");

    private GoDuration() {}

    /// @throws IllegalArgumentException with one line that names the text
    static Duration parse(String text) {
        String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equals("0")) {
            return Duration.ZERO;
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(unsigned);
        int at = 0;
        while (part.find() && part.start() == at) {
            BigDecimal unit = NANOS.getOrDefault(part.group(2), BigDecimal.ZERO);
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
            at = part.end();
        }
        if (at == 0 || at != unsigned.length()) {
            throw unreadable(text);
        }
        BigDecimal signed = text.startsWith("-") ? nanos.negate() : nanos;
        try {
            return Duration.ofNanos(signed.toBigInteger().longValueExact());
        } catch (ArithmeticException e) {
            throw unreadable(text);
        }
    }

    /// Whole seconds as Go prints them: `1m30s`, `2m0s`, `0s`.
    static String text(Duration duration) {
        String hours = duration.toHours() > 0 ? duration.toHours() + "h" : "";
        String minutes = duration.toMinutes() > 0 ? duration.toMinutesPart() + "m" : "";
        return hours + minutes + duration.toSecondsPart() + "s";
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "\"%.40s\" is no duration (90s, 1m30s)".formatted(text));
    }
}

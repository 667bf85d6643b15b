package dev.twinstack.bgp.transport;

import dev.twinstack.bgp.session.ConnectFailure;
import io.netty.channel.ConnectTimeoutException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Socket errors in the terms of the session. The native transport says in the message alone which
/// errno it was.
final class Troubles {

    /// Like `connect(..) failed with error(-111): Connection refused: /192.0.2.1:179`.
    private static final Pattern NATIVE =
            Pattern.compile(".* failed(?: with error\\(-?\\d+\\))?: (.*?)(?:: /.*)?");

    private Troubles() {}

    static ConnectFailure failure(@Nullable Throwable cause) {
        String text = text(cause).toLowerCase(Locale.ROOT);
        if (cause instanceof ConnectTimeoutException || text.contains("timed out")) {
            return ConnectFailure.TIMED_OUT;
        }
        if (cause instanceof BindException || text.contains("cannot assign requested address")) {
            return ConnectFailure.NO_SUCH_SOURCE;
        }
        if (cause instanceof NoRouteToHostException || text.contains("unreachable")) {
            return ConnectFailure.UNREACHABLE;
        }
        return cause instanceof ConnectException && text.contains("refused")
                ? ConnectFailure.REFUSED
                : ConnectFailure.OTHER;
    }

    /// One line: what the system calls it, without Netty's name of the call before it.
    static String text(@Nullable Throwable cause) {
        if (cause == null || cause.getMessage() == null) {
            return cause == null ? "unknown" : cause.getClass().getSimpleName();
        }
        String message = cause.getMessage().lines().findFirst().orElse("");
        Matcher matcher = NATIVE.matcher(message);
        return matcher.matches() ? matcher.group(1) : message;
    }
}

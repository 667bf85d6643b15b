package dev.twinstack.operator.speaker;

import dev.twinstack.bfd.BfdStatus;
import dev.twinstack.bgp.FamilyStatus;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A session in a few words: how many prefixes the peer has, and what is not as it should be.
final class SessionWords {

    private SessionWords() {}

    /// `IPv4 3, IPv6 0 of 2`; null where there is nothing to announce.
    static @Nullable String prefixes(SessionStatus status) {
        StringJoiner words = new StringJoiner(", ");
        words.setEmptyValue("");
        for (IpFamily family : IpFamily.values()) {
            FamilyStatus of = status.families().get(family);
            if (of != null) {
                int missing = of.withheld() + (status.isEstablished() ? 0 : of.pending());
                words.add(
                        missing == 0
                                ? family + " " + of.announced()
                                : "%s %d of %d"
                                        .formatted(
                                                family, of.announced(), of.announced() + missing));
            }
        }
        return words.length() == 0 ? null : words.toString();
    }

    /// Why there is no session, that the path is not watched, and what can't be sent.
    static List<String> problems(SessionStatus status, Optional<BfdStatus> path) {
        List<String> problems = new ArrayList<>();
        if (!status.isEstablished()) {
            status.lastError().ifPresent(problems::add);
        }
        path.filter(bfd -> !bfd.isUp())
                .ifPresent(bfd ->
                        problems.add(
                                "BFD is %s%s"
                                        .formatted(
                                                bfd.state(),
                                                bfd.lastDown().map(why -> ": " + why).orElse(""))));
        for (IpFamily family : IpFamily.values()) {
            FamilyStatus of = status.families().get(family);
            if (of != null && of.withheld() > 0) {
                problems.add(
                        withheld(
                                of.withheld(), family.toString(), of.withheldBecause().orElse("")));
            }
        }
        return problems;
    }

    /// `2 IPv6 routes are not sent: the peer did not offer IPv6`.
    static String withheld(int count, String family, String because) {
        return "%d %s %s not sent%s"
                .formatted(
                        count,
                        family,
                        count == 1 ? "route is" : "routes are",
                        because.isEmpty() ? "" : ": " + because);
    }
}

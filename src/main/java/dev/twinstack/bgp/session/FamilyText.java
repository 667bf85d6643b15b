package dev.twinstack.bgp.session;

import dev.twinstack.net.IpFamily;
import java.util.Collection;
import java.util.stream.Collectors;

/// Families in a sentence: `IPv4 unicast and IPv6 unicast`, or `nothing`.
final class FamilyText {

    private FamilyText() {}

    static String of(Collection<IpFamily> families) {
        return families.isEmpty()
                ? "nothing"
                : families.stream()
                        .sorted()
                        .map(family -> family + " unicast")
                        .collect(Collectors.joining(" and "));
    }
}

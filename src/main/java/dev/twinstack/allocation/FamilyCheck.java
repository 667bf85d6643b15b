package dev.twinstack.allocation;

import static java.util.stream.Collectors.joining;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a request is sound in itself: its families, its policy and the addresses it wants.
final class FamilyCheck {

    private FamilyCheck() {}

    static Optional<Refusal> problem(AddressRequest request) {
        List<IpFamily> families = request.families();
        if (families.isEmpty()) {
            return refuse("the Service has no cluster IP");
        }
        if (request.policy() == FamilyPolicy.REQUIRE_DUAL_STACK && families.size() < 2) {
            return refuse(
                    "RequireDualStack needs cluster IPs of both families, the Service has only %s"
                            .formatted(families.getFirst()));
        }
        return request.wanted().isEmpty() ? Optional.empty() : wantedProblem(request);
    }

    private static Optional<Refusal> wantedProblem(AddressRequest request) {
        Set<IpFamily> seen = EnumSet.noneOf(IpFamily.class);
        for (IpAddress address : request.wanted()) {
            if (!seen.add(address.family())) {
                return refuse(
                        "a Service has at most one address of each family, but asks for %s"
                                .formatted(addresses(request.wanted())));
            }
        }
        if (!seen.equals(EnumSet.copyOf(request.families()))) {
            return refuse(
                    "the Service asks for %s, but its cluster IPs are %s"
                            .formatted(addresses(request.wanted()), text(request.families())));
        }
        return Optional.empty();
    }

    private static String addresses(List<IpAddress> addresses) {
        return addresses.stream().map(IpAddress::toString).collect(joining(" and "));
    }

    static String text(List<IpFamily> families) {
        return families.stream().map(IpFamily::toString).collect(joining(" and "));
    }

    private static Optional<Refusal> refuse(String text) {
        return Optional.of(new Refusal.FamiliesDoNotFit(text));
    }
}

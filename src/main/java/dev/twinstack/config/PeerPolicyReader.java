package dev.twinstack.config;

import static java.util.stream.Collectors.toSet;

import dev.twinstack.bgp.AcceptFrom;
import dev.twinstack.bgp.ExportPolicy;
import dev.twinstack.bgp.GracefulRestart;
import dev.twinstack.bgp.Role;
import dev.twinstack.crd.PeerPolicy;
import dev.twinstack.crd.PeerPolicySpec;
import dev.twinstack.crd.PeerPolicySpec.TargetRef;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One PeerPolicy by itself. What the schema refuses is checked again, for objects that were stored
/// before it did.
final class PeerPolicyReader {

    /// A policy and the peers that it names.
    record Written(String name, List<String> targets, PeerRules rules) {
        Written {
            targets = List.copyOf(targets);
        }
    }

    private static final int BGP_PORT = 179;

    private final Problems problems;

    PeerPolicyReader(Problems problems) {
        this.problems = problems;
    }

    /// The policy, if nothing is wrong with it.
    Optional<Written> read(PeerPolicy object) {
        PeerPolicySpec spec = object.getSpec();
        if (spec == null || spec.targetRefs().isEmpty()) {
            problems.invalid("spec.targetRefs", "a policy needs at least one peer");
            return Optional.empty();
        }
        List<String> targets = targets(spec.targetRefs());
        boolean passive = Objects.equals(spec.passive(), true);
        Optional<ExportPolicy> export = export(spec);
        Optional<AcceptFrom> acceptFrom =
                Optional.ofNullable(spec.acceptFrom()).flatMap(this::acceptFrom);
        PeerRules rules =
                new PeerRules(
                        spec.families().stream().map(PeerPolicyReader::family).collect(toSet()),
                        Objects.equals(spec.extendedNextHop(), true),
                        passive,
                        listenPort(spec.listenPort(), passive || spec.acceptFrom() != null),
                        ttlSecurity(spec.ttlSecurity()),
                        Optional.ofNullable(spec.role()).map(PeerPolicyReader::role),
                        bounded("spec.prefixLimit", spec.prefixLimit(), 0, 1_000_000),
                        Optional.ofNullable(spec.gracefulRestart()).flatMap(this::restart),
                        acceptFrom,
                        export.orElse(ExportPolicy.NONE));
        return problems.isEmpty()
                ? Optional.of(new Written(object.getMetadata().getName(), targets, rules))
                : Optional.empty();
    }

    private List<String> targets(List<TargetRef> written) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            TargetRef target = written.get(i);
            String path = "spec.targetRefs[%d]".formatted(i);
            if (target.group() != null && !target.group().equals("metallb.io")) {
                problems.invalid(path + ".group", "must be metallb.io");
            }
            if (target.kind() != null && !target.kind().equals("BGPPeer")) {
                problems.invalid(path + ".kind", "must be BGPPeer");
            }
            names.add(String.valueOf(target.name()));
        }
        problems.refuseRepeats("spec.targetRefs", names);
        return names;
    }

    private Optional<ExportPolicy> export(PeerPolicySpec spec) {
        Map<IpFamily, IpAddress> own = new EnumMap<>(IpFamily.class);
        PeerPolicySpec.NextHops written = spec.nextHops();
        if (written != null) {
            nextHop("spec.nextHops.ipv4", written.ipv4(), IpFamily.IPV4, own);
            nextHop("spec.nextHops.ipv6", written.ipv6(), IpFamily.IPV6, own);
        }
        Long med = spec.med();
        Integer prepend = spec.prepend();
        PeerPolicySpec.GracefulShutdown shutdown = spec.gracefulShutdown();
        return problems.read(
                "spec",
                () ->
                        new ExportPolicy(
                                Map.of(),
                                own,
                                med == null ? OptionalLong.empty() : OptionalLong.of(med),
                                prepend == null ? 0 : prepend,
                                shutdown != null && shutdown.now(),
                                drainTime(shutdown)));
    }

    private Optional<Duration> drainTime(PeerPolicySpec.@Nullable GracefulShutdown written) {
        String time = written == null ? null : written.drainTime();
        return time == null || time.isEmpty()
                ? Optional.empty()
                : problems.read(
                        "spec.gracefulShutdown.drainTime",
                        () -> {
                            Duration parsed = GoDuration.parse(time);
                            if (parsed.isNegative()
                                    || parsed.compareTo(ExportPolicy.MAX_DRAIN_TIME) > 0) {
                                throw new IllegalArgumentException(
                                        "%s is not in 0s..10m".formatted(time));
                            }
                            return parsed;
                        });
    }

    private void nextHop(
            String path, @Nullable String text, IpFamily family, Map<IpFamily, IpAddress> into) {
        if (text == null || text.isEmpty()) {
            return;
        }
        Optional<IpAddress> address = problems.read(path, () -> IpAddress.parse(text));
        if (address.isEmpty()) {
            return;
        }
        if (address.get().family() != family || address.get().isUnspecified()) {
            problems.invalid(path, "%s is no %s address of a node".formatted(text, family));
        } else {
            into.put(family, address.get());
        }
    }

    /// Who calls has to be waited for somewhere.
    private OptionalInt listenPort(@Nullable Integer port, boolean waits) {
        return port == null && waits
                ? OptionalInt.of(BGP_PORT)
                : bounded("spec.listenPort", port, 1, 65535);
    }

    private OptionalInt ttlSecurity(PeerPolicySpec.@Nullable TtlSecurity written) {
        if (written == null) {
            return OptionalInt.empty();
        }
        Integer hops = written.hops();
        return bounded("spec.ttlSecurity.hops", hops == null ? 1 : hops, 1, 254);
    }

    private Optional<GracefulRestart> restart(PeerPolicySpec.GracefulRestart written) {
        String time = written.time();
        boolean notification = !Objects.equals(written.notification(), false);
        return problems.read(
                "spec.gracefulRestart",
                () -> {
                    Duration parsed =
                            time == null || time.isEmpty()
                                    ? GracefulRestart.DEFAULT.time()
                                    : GoDuration.parse(time);
                    return new GracefulRestart(parsed, notification, longLived(written));
                });
    }

    private static Optional<Duration> longLived(PeerPolicySpec.GracefulRestart written) {
        return Optional.ofNullable(written.longLivedStaleTime())
                .filter(text -> !text.isEmpty())
                .map(GoDuration::parse);
    }

    private Optional<AcceptFrom> acceptFrom(PeerPolicySpec.AcceptFrom written) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < written.prefixes().size(); i++) {
            String text = written.prefixes().get(i);
            problems.read("spec.acceptFrom.prefixes[%d]".formatted(i), () -> IpPrefix.parse(text))
                    .ifPresent(prefixes::add);
        }
        if (prefixes.size() < written.prefixes().size()) {
            return Optional.empty();
        }
        Integer limit = written.limit();
        return problems.read(
                "spec.acceptFrom",
                () ->
                        new AcceptFrom(
                                Set.copyOf(prefixes),
                                limit == null ? AcceptFrom.DEFAULT_LIMIT : limit));
    }

    private OptionalInt bounded(String path, @Nullable Integer written, int from, int to) {
        if (written == null) {
            return OptionalInt.empty();
        }
        if (written < from || written > to) {
            problems.invalid(path, "%d is not in %d..%d".formatted(written, from, to));
        }
        return OptionalInt.of(written);
    }

    private static IpFamily family(PeerPolicySpec.Family family) {
        return switch (family) {
            case IPV4 -> IpFamily.IPV4;
            case IPV6 -> IpFamily.IPV6;
        };
    }

    private static Role role(PeerPolicySpec.Role role) {
        return switch (role) {
            case PROVIDER -> Role.PROVIDER;
            case ROUTE_SERVER -> Role.ROUTE_SERVER;
            case ROUTE_SERVER_CLIENT -> Role.ROUTE_SERVER_CLIENT;
            case CUSTOMER -> Role.CUSTOMER;
            case PEER -> Role.PEER;
        };
    }
}

package dev.twinstack.interop;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.IpFamily;
import dev.twinstack.testing.lab.LabLan;
import dev.twinstack.testing.lab.LabRouter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// One router of each daemon.
final class Routers implements AutoCloseable {

    private final Map<Daemon, LabRouter> routers = new EnumMap<>(Daemon.class);

    /// @param theme keeps the names of the tests' routers apart; at most five letters
    /// @param first the last part of the first one's addresses
    /// @param sessions what each is told of
    Routers(LabLan lan, String theme, int first, Function<Daemon, List<Session>> sessions) {
        int number = first;
        for (Daemon daemon : Daemon.values()) {
            routers.put(
                    daemon,
                    lan.router(
                            daemon.kind(),
                            theme + "-" + daemon.kind(),
                            number,
                            daemon.config(number, sessions.apply(daemon))));
            number++;
        }
    }

    LabRouter of(Daemon daemon) {
        return requireNonNull(routers.get(daemon));
    }

    String address(Daemon daemon, IpFamily family) {
        return switch (family) {
            case IPV4 -> of(daemon).ipv4();
            case IPV6 -> of(daemon).ipv6();
        };
    }

    /// Prefixes with the next hops of all their paths, without link-local ones.
    Map<String, Set<String>> table(Daemon daemon, IpFamily family) {
        return daemon.table(of(daemon), family);
    }

    @Override
    public void close() {
        routers.values().forEach(LabRouter::close);
    }
}

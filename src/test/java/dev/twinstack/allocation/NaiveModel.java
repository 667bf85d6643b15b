package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The rules of allocation once more, by looking at every address of every pool: slow, without an
/// index, and hence easy to believe. For small pools.
final class NaiveModel {

    record Claim(ServiceKey service, IpAddress address, Sharing sharing) {}

    record Answer(String pool, List<IpAddress> addresses) {}

    private final List<Pool> pools;
    private final List<Claim> claims;
    private final AddressRequest request;
    private final List<IpAddress> own;
    private final Holding held;
    private final Holding reserved;

    NaiveModel(
            List<Pool> pools,
            List<Claim> claims,
            AddressRequest request,
            Holding held,
            Holding reserved) {
        this.pools = pools.stream().sorted(Comparator.comparing(Pool::name)).toList();
        this.claims = claims;
        this.request = request;
        this.held = held;
        this.reserved = reserved;
        Set<IpAddress> all = new LinkedHashSet<>(request.held());
        all.addAll(held.addresses());
        all.addAll(reserved.addresses());
        all.addAll(request.proposed());
        this.own = List.copyOf(all);
    }

    /// What the Service must get; empty if it must be refused.
    Optional<Answer> decide() {
        if (isUnsound() || pools.isEmpty()) {
            return Optional.empty();
        }
        return keep(request.held(), false)
                .or(() -> keep(held.addresses(), false))
                .or(() -> keep(reserved.addresses(), true))
                .or(() -> keep(request.proposed(), true))
                .or(this::fresh);
    }

    private boolean isUnsound() {
        Set<IpFamily> wanted = EnumSet.noneOf(IpFamily.class);
        request.wanted().forEach(address -> wanted.add(address.family()));
        Set<IpFamily> families = EnumSet.copyOf(request.families());
        return (!wanted.isEmpty()
                        && (!wanted.equals(families) || wanted.size() < request.wanted().size()))
                || (request.policy() == FamilyPolicy.REQUIRE_DUAL_STACK && families.size() < 2);
    }

    private Optional<Answer> keep(List<IpAddress> addresses, boolean mustBeChoosable) {
        Set<IpFamily> open = EnumSet.copyOf(request.families());
        List<IpAddress> ours = addresses.stream().filter(a -> open.remove(a.family())).toList();
        List<Pool> inOrder = new ArrayList<>();
        for (IpAddress address : ours) {
            pools.stream()
                    .filter(p -> gives(p, address) && !inOrder.contains(p))
                    .forEach(inOrder::add);
        }
        for (Pool pool : inOrder) {
            List<IpAddress> usable = ours.stream().filter(a -> mayUse(pool, a)).toList();
            boolean named =
                    request.pool().map(pool.name()::equals).orElse(true)
                            && usable.containsAll(request.wanted());
            boolean choosable =
                    !mustBeChoosable
                            || pool.autoAssign()
                            || request.pool().isPresent()
                            || !request.wanted().isEmpty();
            if (admits(pool) && named && choosable && !usable.isEmpty()) {
                Optional<Answer> answer = complete(pool, usable);
                if (answer.isPresent()) {
                    return answer;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Answer> fresh() {
        if (!request.wanted().isEmpty()) {
            return pools.stream()
                    .filter(p -> request.pool().map(p.name()::equals).orElse(true))
                    .filter(this::admits)
                    .filter(p -> request.wanted().stream().allMatch(a -> mayUse(p, a)))
                    .findFirst()
                    .map(p -> new Answer(p.name(), request.wanted()));
        }
        if (request.pool().isPresent()) {
            return pools.stream()
                    .filter(p -> p.name().equals(request.pool().get()) && admits(p))
                    .findFirst()
                    .flatMap(p -> complete(p, List.of()));
        }
        List<Pool> automatic = pools.stream().filter(p -> p.autoAssign() && admits(p)).toList();
        List<Pool> bound = new ArrayList<>(automatic);
        bound.removeIf(p -> p.scope().isEmpty());
        bound.sort(Comparator.comparingInt(p -> p.scope().orElseThrow().rank()));
        List<Pool> open = automatic.stream().filter(p -> p.scope().isEmpty()).toList();
        return best(bound).or(() -> best(open));
    }

    private Optional<Answer> best(List<Pool> candidates) {
        List<Answer> answers =
                candidates.stream().flatMap(p -> complete(p, List.of()).stream()).toList();
        return answers.stream()
                .filter(a -> a.addresses().size() == request.families().size())
                .findFirst()
                .or(() ->
                        answers.stream()
                                .filter(a ->
                                        a.addresses().getFirst().family()
                                                == request.families().getFirst())
                                .findFirst())
                .or(() -> answers.stream().findFirst());
    }

    private Optional<Answer> complete(Pool pool, List<IpAddress> kept) {
        List<IpAddress> addresses = new ArrayList<>(kept);
        for (IpFamily family : IpFamily.values()) {
            boolean missing = kept.stream().noneMatch(a -> a.family() == family);
            if (missing && request.families().contains(family)) {
                first(pool, family).ifPresent(addresses::add);
            }
        }
        boolean appended = request.policy() == FamilyPolicy.PREFER_DUAL_STACK && !kept.isEmpty();
        if (addresses.size() > kept.size() && !appended) {
            Collections.sort(addresses);
        }
        boolean complete = addresses.size() == request.families().size();
        boolean enough = request.policy() == FamilyPolicy.PREFER_DUAL_STACK && !addresses.isEmpty();
        return complete || enough
                ? Optional.of(new Answer(pool.name(), addresses))
                : Optional.empty();
    }

    private Optional<IpAddress> first(Pool pool, IpFamily family) {
        List<IpAddress> candidates = new ArrayList<>(own);
        candidates.addAll(addresses(pool));
        return candidates.stream().filter(a -> a.family() == family && mayUse(pool, a)).findFirst();
    }

    private boolean admits(Pool pool) {
        if (pool.scope().isEmpty()) {
            return true;
        }
        PoolScope scope = pool.scope().get();
        boolean anyNamespace = scope.namespaces().isEmpty() && scope.namespaceSelectors().isEmpty();
        boolean namespace =
                anyNamespace
                        || scope.namespaces().contains(request.service().namespace())
                        || scope.namespaceSelectors().stream()
                                .anyMatch(s -> s.matches(request.namespaceLabels()));
        boolean labels =
                scope.serviceSelectors().isEmpty()
                        || scope.serviceSelectors().stream()
                                .anyMatch(s -> s.matches(request.serviceLabels()));
        return namespace && labels;
    }

    private boolean mayUse(Pool pool, IpAddress address) {
        return gives(pool, address)
                && claims.stream()
                        .filter(c -> c.address().equals(address))
                        .filter(c -> !c.service().equals(request.service()))
                        .allMatch(c -> mayShare(c.sharing(), request.sharing()));
    }

    static boolean mayShare(Sharing a, Sharing b) {
        return !a.key().isEmpty()
                && a.key().equals(b.key())
                && a.backendKey().equals(b.backendKey())
                && Collections.disjoint(a.ports(), b.ports());
    }

    static boolean gives(Pool pool, IpAddress address) {
        return pool.ranges().stream().anyMatch(range -> range.contains(address))
                && !(pool.avoidBuggyIps() && isBuggy(address));
    }

    private static boolean isBuggy(IpAddress address) {
        byte[] octets = address.octets();
        return octets.length == 4 && (octets[3] == 0 || octets[3] == -1);
    }

    /// All addresses of the pool in its order.
    static List<IpAddress> addresses(Pool pool) {
        List<IpAddress> addresses = new ArrayList<>();
        for (IpRange range : pool.ranges()) {
            IpAddress address = range.first();
            while (range.contains(address)) {
                if (gives(pool, address)) {
                    addresses.add(address);
                }
                address = address.next();
            }
        }
        return addresses;
    }
}

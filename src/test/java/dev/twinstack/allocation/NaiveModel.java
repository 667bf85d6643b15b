package dev.twinstack.allocation;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// The rules of allocation once more, by looking at every address of every pool: slow, without an
/// index, and hence easy to believe. For small pools. What of an address is whose is asked from
/// [NaiveIndex].
final class NaiveModel {

    record Answer(String pool, List<IpAddress> addresses) {}

    private final List<Pool> pools;
    private final NaiveIndex index;
    private final NavigableMap<ClaimKey, ClaimHolding> claims;
    private final AddressRequest request;
    private final List<IpAddress> own;
    private final Allocator allocator;

    NaiveModel(NaiveIndex index, AddressRequest request, Allocator allocator) {
        this.pools = allocator.pools().stream().sorted(comparing(Pool::name)).toList();
        this.index = index;
        this.claims = allocator.claims();
        this.request = request;
        this.allocator = allocator;
        Set<IpAddress> all = new LinkedHashSet<>(request.held());
        all.addAll(allocator.holding(request.service()).addresses());
        all.addAll(allocator.reservation(request.service()).addresses());
        all.addAll(kept());
        all.addAll(request.proposed());
        this.own = List.copyOf(all);
    }

    private List<IpAddress> kept() {
        return allocator.retained().stream()
                .filter(kept -> kept.service().equals(request.service()) && !kept.cooling())
                .flatMap(kept -> kept.addresses().stream())
                .toList();
    }

    /// What the Service must get; empty if it must be refused.
    Optional<Answer> decide() {
        if (isUnsound() || pools.isEmpty()) {
            return Optional.empty();
        }
        Optional<ClaimKey> key = request.claim().or(this::claimForIt);
        if (key.isPresent()) {
            Optional<ClaimHolding> claim =
                    Optional.ofNullable(claims.get(key.get()))
                            .filter(holding -> fits(key.get(), holding));
            if (claim.isPresent() || request.claim().isPresent()) {
                return claim.flatMap(this::claimed);
            }
        }
        return keep(request.held(), false)
                .or(() -> keep(allocator.holding(request.service()).addresses(), false))
                .or(() -> keep(allocator.reservation(request.service()).addresses(), true))
                .or(() -> keep(kept(), true))
                .or(() -> keep(request.proposed(), true))
                .or(this::fresh);
    }

    private Optional<ClaimKey> claimForIt() {
        return claims.entrySet().stream()
                .filter(e ->
                        e.getValue().reservedFor().filter(request.service()::equals).isPresent())
                .map(e -> e.getKey())
                .findFirst();
    }

    private boolean fits(ClaimKey key, ClaimHolding claim) {
        Optional<Pool> pool = pools.stream().filter(p -> p.name().equals(claim.pool())).findFirst();
        return key.namespace().equals(request.service().namespace())
                && claim.reservedFor().map(request.service()::equals).orElse(true)
                && request.pool().map(claim.pool()::equals).orElse(true)
                && pool.isPresent()
                && isMet(pool.get(), claim.addresses());
    }

    private Optional<Answer> claimed(ClaimHolding claim) {
        Pool pool =
                pools.stream().filter(p -> p.name().equals(claim.pool())).findFirst().orElseThrow();
        List<IpAddress> candidates = new ArrayList<>(own);
        candidates.addAll(claim.addresses());
        candidates.removeIf(a -> !claim.addresses().contains(a) || !gives(pool, a));
        candidates.removeIf(a -> !index.leaves(a, request));
        if (!request.wanted().isEmpty()) {
            candidates.removeIf(a -> request.wanted().stream().noneMatch(w -> isMet(pool, w, a)));
        }
        List<IpAddress> found = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            if (request.families().contains(family)) {
                candidates.stream()
                        .filter(a -> a.family() == family)
                        .findFirst()
                        .ifPresent(found::add);
            }
        }
        found.sort(comparingInt(a -> request.held().contains(a) ? request.held().indexOf(a) : 99));
        return enough(pool, found);
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
        List<IpAddress> ours =
                addresses.stream()
                        .sorted(comparingInt(this::rank))
                        .filter(a -> open.remove(a.family()))
                        .sorted(comparingInt(addresses::indexOf))
                        .toList();
        for (IpAddress address : ours) {
            for (Pool pool : pools) {
                Optional<Answer> answer =
                        gives(pool, address) ? keep(pool, ours, mustBeChoosable) : Optional.empty();
                if (answer.isPresent()) {
                    return answer;
                }
            }
        }
        return Optional.empty();
    }

    private int rank(IpAddress address) {
        return pools.stream()
                .filter(p -> gives(p, address))
                .mapToInt(p -> isDraining(p) ? 1 : 0)
                .min()
                .orElse(2);
    }

    private Optional<Answer> keep(Pool pool, List<IpAddress> ours, boolean mustBeChoosable) {
        List<IpAddress> usable = ours.stream().filter(a -> mayUse(pool, a)).toList();
        boolean named = request.pool().map(pool.name()::equals).orElse(true) && isMet(pool, usable);
        boolean choosable =
                !mustBeChoosable
                        || pool.autoAssign()
                        || request.pool().isPresent()
                        || !request.wanted().isEmpty();
        boolean isNew =
                mustBeChoosable
                        && isDraining(pool)
                        && !usable.stream().allMatch(a -> index.has(a, request.service()));
        return admits(pool) && named && choosable && !isNew && !usable.isEmpty()
                ? complete(pool, usable)
                : Optional.empty();
    }

    private Optional<Answer> fresh() {
        List<Pool> inOrder = automatic();
        if (!request.wanted().isEmpty()) {
            boolean any = !request.hostParts() || request.pool().isPresent();
            return (any ? pools : inOrder)
                    .stream()
                            .filter(p -> request.pool().map(p.name()::equals).orElse(true))
                            .filter(p -> admits(p) && !isDraining(p))
                            .filter(p -> wantedIn(p).size() == request.wanted().size())
                            .filter(p -> wantedIn(p).stream().allMatch(a -> mayUse(p, a)))
                            .findFirst()
                            .map(p -> new Answer(p.name(), wantedIn(p)));
        }
        if (request.pool().isPresent()) {
            return pools.stream()
                    .filter(p -> p.name().equals(request.pool().get()) && admits(p))
                    .filter(p -> !isDraining(p))
                    .findFirst()
                    .flatMap(p -> complete(p, List.of()));
        }
        List<Pool> usable = inOrder.stream().filter(p -> !isDraining(p)).toList();
        return best(usable.stream().filter(p -> p.scope().isPresent()).toList())
                .or(() -> best(usable.stream().filter(p -> p.scope().isEmpty()).toList()));
    }

    private List<Pool> automatic() {
        List<Pool> automatic = pools.stream().filter(p -> p.autoAssign() && admits(p)).toList();
        List<Pool> inOrder = new ArrayList<>(automatic);
        inOrder.removeIf(p -> p.scope().isEmpty());
        inOrder.sort(comparingInt(p -> p.scope().orElseThrow().rank()));
        automatic.stream().filter(p -> p.scope().isEmpty()).forEach(inOrder::add);
        return inOrder;
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
        boolean prefers = request.policy() == FamilyPolicy.PREFER_DUAL_STACK;
        if (isPaired(pool) && request.families().size() == 2 && kept.size() < 2) {
            addresses.addAll(pair(pool, kept));
            if (addresses.isEmpty() && prefers) {
                request.families().stream()
                        .flatMap(family -> first(pool, family).stream())
                        .findFirst()
                        .ifPresent(addresses::add);
            }
        } else {
            for (IpFamily family : IpFamily.values()) {
                boolean missing = kept.stream().noneMatch(a -> a.family() == family);
                if (missing && request.families().contains(family)) {
                    first(pool, family).ifPresent(addresses::add);
                }
            }
        }
        if (addresses.size() > kept.size() && !(prefers && !kept.isEmpty())) {
            Collections.sort(addresses);
        }
        return enough(pool, addresses);
    }

    private Optional<Answer> enough(Pool pool, List<IpAddress> addresses) {
        boolean prefers = request.policy() == FamilyPolicy.PREFER_DUAL_STACK;
        return addresses.size() == request.families().size() || (prefers && !addresses.isEmpty())
                ? Optional.of(new Answer(pool.name(), addresses))
                : Optional.empty();
    }

    private List<IpAddress> pair(Pool pool, List<IpAddress> kept) {
        if (isDraining(pool)) {
            return List.of();
        }
        List<IpAddress> candidates = new ArrayList<>(kept);
        if (kept.isEmpty()) {
            candidates.addAll(own);
            candidates.addAll(automatic(pool));
            candidates.removeIf(a -> a.family() == IpFamily.IPV6 || !mayUse(pool, a));
        }
        for (IpAddress one : candidates) {
            for (IpAddress partner : NaivePairs.partners(pool, one)) {
                if (mayUse(pool, partner)) {
                    return kept.isEmpty() ? List.of(one, partner) : List.of(partner);
                }
            }
        }
        return List.of();
    }

    private Optional<IpAddress> first(Pool pool, IpFamily family) {
        List<IpAddress> candidates = new ArrayList<>(own);
        if (isDraining(pool)) {
            candidates.removeIf(a -> !index.has(a, request.service()));
        } else {
            candidates.addAll(automatic(pool));
        }
        return candidates.stream().filter(a -> a.family() == family && mayUse(pool, a)).findFirst();
    }

    /// What is set aside is given to nobody who does not ask for it, not even to whom it is for.
    private List<IpAddress> automatic(Pool pool) {
        return addresses(pool).stream().filter(a -> !index.isSetAside(a)).toList();
    }

    private boolean admits(Pool pool) {
        return pool.scope().flatMap(scope -> scope.excludes(request)).isEmpty();
    }

    private boolean mayUse(Pool pool, IpAddress address) {
        return gives(pool, address)
                && index.leaves(address, request)
                && index.isWithinQuota(pool, address, request);
    }

    private boolean isMet(Pool pool, List<IpAddress> addresses) {
        return request.wanted().stream()
                .allMatch(w -> addresses.stream().anyMatch(a -> isMet(pool, w, a)));
    }

    private boolean isMet(Pool pool, IpAddress wanted, IpAddress address) {
        return request.hostParts()
                ? pool.ranges().stream()
                        .filter(range -> range.contains(address))
                        .anyMatch(range -> address.equals(HostPart.in(range, wanted)))
                : address.equals(wanted);
    }

    /// What the request names, as far as it is in the pool.
    private List<IpAddress> wantedIn(Pool pool) {
        if (!request.hostParts()) {
            return request.wanted().stream().filter(a -> gives(pool, a)).toList();
        }
        return request.wanted().stream()
                .flatMap(part ->
                        pool.ranges().stream()
                                .filter(range -> range.family() == part.family())
                                .flatMap(range ->
                                        Optional.ofNullable(HostPart.in(range, part)).stream())
                                .filter(a -> gives(pool, a))
                                .limit(1))
                .toList();
    }

    private static boolean isDraining(Pool pool) {
        return pool.policy().drain().isPresent();
    }

    private static boolean isPaired(Pool pool) {
        return pool.policy().pairing() == Pairing.SUFFIX;
    }

    static boolean gives(Pool pool, IpAddress address) {
        return pool.ranges().stream().anyMatch(range -> range.contains(address))
                && pool.policy().excluded().stream().noneMatch(range -> range.contains(address))
                && !(pool.avoidBuggyIps() && isBuggy(address));
    }

    private static boolean isBuggy(IpAddress address) {
        byte[] octets = address.octets();
        return octets.length == 4 && (octets[3] == 0 || octets[3] == -1);
    }

    /// All addresses of the pool in its order.
    static List<IpAddress> addresses(Pool pool) {
        return pool.ranges().stream()
                .flatMap(range -> LongStream.range(0, range.size()).mapToObj(range.first()::plus))
                .filter(address -> gives(pool, address))
                .toList();
    }
}

package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the move of a Service means for those with which it shares addresses: all go, to the same
/// new address, or all stay. Reads only.
record SharedMove(Allocator allocator, DrainQueue queue) {

    /// The terms on which all that go along may have an address.
    Sharing terms(AddressRequest leader) {
        Sharing all = leader.sharing();
        for (ServiceKey other : companions(leader.service())) {
            all = all.with(allocator.holding(other).sharing().ports());
        }
        return all;
    }

    /// The decision, or that the Service stays because another one would stay behind.
    Decision orStay(AddressRequest leader, Decision decision, Instant now) {
        if (!(decision instanceof Decision.Assigned begun) || begun.move().isEmpty()) {
            return decision;
        }
        DrainStep.Join join =
                switch (begun.move().get()) {
                    case DrainMove.Overlapping its -> new DrainStep.Join(its.until(), its.next());
                    case DrainMove.Arrived its -> new DrainStep.Join(now, its.next());
                    case DrainMove.Stuck _, DrainMove.Waiting _ -> null;
                };
        if (join == null) {
            return decision;
        }
        for (ServiceKey other : companions(leader.service())) {
            DrainQueue.Member member = queue.member(other);
            if (member == null) {
                return stays(
                        leader, begun, new Refusal.HeldBack(other, "it asks wrongly"), Set.of());
            }
            Decision its =
                    allocator.decide(
                            member.request()
                                    .withHeld(allocator.holding(other).addresses())
                                    .withDrainStep(join));
            Optional<Refusal> why = whyNot(its);
            if (why.isPresent()) {
                return stays(
                        leader,
                        begun,
                        new Refusal.HeldBack(other, why.get().text()),
                        its.waitsFor());
            }
        }
        return decision;
    }

    private static Optional<Refusal> whyNot(Decision decision) {
        return switch (decision) {
            case Decision.Refused refused -> Optional.of(refused.reason());
            case Decision.Assigned assigned ->
                    assigned.move().isPresent()
                                    && assigned.move().get() instanceof DrainMove.Stuck stuck
                            ? Optional.of(stuck.why())
                            : Optional.empty();
        };
    }

    private Decision stays(
            AddressRequest leader, Decision.Assigned begun, Refusal why, Set<Room> rooms) {
        DrainMove wanted = begun.move().orElseThrow();
        DrainMove stuck = new DrainMove.Stuck(wanted.from(), wanted.to(), why);
        return allocator.decide(leader) instanceof Decision.Assigned stays
                ? stays.stuck(stuck, rooms)
                : begun;
    }

    /// The Services that share an address with this one, directly or through others.
    private Set<ServiceKey> companions(ServiceKey leader) {
        Set<ServiceKey> found = new LinkedHashSet<>();
        Deque<ServiceKey> open = new ArrayDeque<>(List.of(leader));
        while (!open.isEmpty()) {
            for (ServiceKey other : sharers(allocator.holding(open.pop()).addresses())) {
                if (!other.equals(leader) && found.add(other)) {
                    open.add(other);
                }
            }
        }
        return found;
    }

    /// Who holds one of these addresses.
    private Set<ServiceKey> sharers(List<IpAddress> addresses) {
        Set<ServiceKey> sharers = new HashSet<>();
        for (IpAddress address : addresses) {
            for (ServiceKey tenant : allocator.tenants(address)) {
                if (allocator.holding(tenant).addresses().contains(address)) {
                    sharers.add(tenant);
                }
            }
        }
        return sharers;
    }

    /// Those that are still on these addresses alone, which the Service leaves.
    List<ServiceKey> behind(ServiceKey service, List<IpAddress> old) {
        List<ServiceKey> behind = new ArrayList<>();
        for (ServiceKey other : sharers(old)) {
            DrainQueue.Member member = queue.member(other);
            if (!other.equals(service)
                    && member != null
                    && !(member.move() instanceof DrainMove.Overlapping)) {
                behind.add(other);
            }
        }
        return behind;
    }

    /// The step after another one that is leaving an address of this Service.
    Optional<DrainStep.Join> leader(ServiceKey service) {
        for (ServiceKey other : sharers(allocator.holding(service).addresses())) {
            DrainQueue.Member member = queue.member(other);
            if (!other.equals(service)
                    && member != null
                    && member.move() instanceof DrainMove.Overlapping moving) {
                return Optional.of(new DrainStep.Join(moving.until(), moving.next()));
            }
        }
        return Optional.empty();
    }
}

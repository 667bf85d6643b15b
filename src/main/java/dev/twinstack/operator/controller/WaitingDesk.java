package dev.twinstack.operator.controller;

import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.Drainage;
import dev.twinstack.allocation.Refusal;
import dev.twinstack.allocation.Room;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.allocation.WaitingServices;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The side of the [AddressBook] that deals with Services that have not got all they ask for: what
/// comes free is reserved for them, in their order. All under the book's lock.
final class WaitingDesk {

    /// What a Service that has not got all it asked for asks for, and why it has not.
    private record Unsatisfied(AddressRequest request, Instant created, Refusal why) {}

    private final WaitingServices waiting = new WaitingServices();
    private final Map<ServiceKey, Unsatisfied> unsatisfied = new HashMap<>();

    /// Stored Services whose reservation is the answer to their waiting: it ends with them. (One
    /// made at admission may belong to a new Service of the same name.)
    private final Set<ServiceKey> served = new HashSet<>();

    private final Allocator allocator;
    private final ClaimDesk claims;
    private final Drainage drainage;
    private final Supplier<Instant> deadline;
    private final Consumer<ServiceKey> wake;

    /// @param deadline of a reservation made now
    /// @param wake told of Services that have been served
    WaitingDesk(
            Allocator allocator,
            ClaimDesk claims,
            Drainage drainage,
            Supplier<Instant> deadline,
            Consumer<ServiceKey> wake) {
        this.allocator = allocator;
        this.claims = claims;
        this.drainage = drainage;
        this.deadline = deadline;
        this.wake = wake;
    }

    /// Gives what came free to those who wait for it, and what that makes room for to the next.
    void serve(Set<Room> gained) {
        Set<Room> rooms = gained;
        while (!rooms.isEmpty()) {
            Set<Room> more = new HashSet<>();
            waiting.wake(rooms, allocator::hasRoom, service -> more.addAll(attempt(service)));
            claims.served(rooms);
            rooms = more;
        }
    }

    /// Serves those that hold nothing, in this order.
    void serveFirst(List<AddressBook.Found> services) {
        Set<Room> gained = new HashSet<>();
        services.forEach(found -> gained.addAll(serveFirst(found)));
        serve(gained);
    }

    /// Tries all anew.
    void serveAll() {
        Set<Room> gained = new HashSet<>();
        waiting.all().forEach(service -> gained.addAll(attempt(service)));
        serve(gained);
    }

    /// Reservations have ended, and made room.
    void expired(Set<Room> gained) {
        served.removeIf(service -> allocator.reservation(service).isEmpty());
        serve(gained);
    }

    /// From now on a reservation of the Service is not the answer to its waiting.
    ///
    /// @return whether it was until now
    boolean endServed(ServiceKey service) {
        return served.remove(service);
    }

    void remember(AddressRequest request, Instant created, Decision decision) {
        waiting.note(request, created, decision);
        Optional<Refusal> why =
                switch (decision) {
                    case Decision.Assigned assigned -> assigned.missing();
                    case Decision.Refused refused -> Optional.of(refused.reason());
                };
        why.ifPresentOrElse(
                reason ->
                        unsatisfied.put(
                                request.service(), new Unsatisfied(request, created, reason)),
                () -> unsatisfied.remove(request.service()));
    }

    void forget(ServiceKey service) {
        waiting.remove(service);
        unsatisfied.remove(service);
    }

    /// A copy.
    Set<ServiceKey> unsatisfied() {
        return Set.copyOf(unsatisfied.keySet());
    }

    /// Why the Service has not got all it asks for.
    Optional<Refusal> why(ServiceKey service) {
        return Optional.ofNullable(unsatisfied.get(service)).map(Unsatisfied::why);
    }

    private Set<Room> serveFirst(AddressBook.Found found) {
        if (found.request().isPresent() && allocator.holding(found.service()).isEmpty()) {
            AddressRequest request = found.request().get();
            Decision decision = allocator.decide(request);
            remember(request, found.created(), decision);
            if (decision instanceof Decision.Assigned assigned) {
                return reserve(assigned);
            }
        }
        return Set.of();
    }

    private Set<Room> attempt(ServiceKey service) {
        drainage.retry(service);
        Unsatisfied asking = unsatisfied.get(service);
        if (asking != null
                && allocator.decide(asking.request) instanceof Decision.Assigned assigned
                && !allocator.holding(service).addresses().containsAll(assigned.addresses())) {
            wake.accept(service);
            return reserve(assigned);
        }
        return Set.of();
    }

    private Set<Room> reserve(Decision.Assigned assigned) {
        served.add(assigned.service());
        return allocator.reserve(assigned, deadline.get());
    }
}

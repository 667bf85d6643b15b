package dev.twinstack.allocation;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The Services that did not get all they ask for, in the order in which they are served: those
/// that hold or want a certain address first, then the oldest.
///
/// Not thread-safe, like the [Allocator] beside it.
public final class WaitingServices {

    /// A Service in the queue. `created` is its creation time; `particular` says that it holds or
    /// wants a certain address.
    private record Waiting(
            ServiceKey service, Instant created, boolean particular, Set<Room> rooms) {}

    private static final Comparator<Waiting> ORDER =
            comparing((Waiting waiting) -> !waiting.particular())
                    .thenComparing(Waiting::created)
                    .thenComparing(Waiting::service);

    private final Map<ServiceKey, Waiting> byService = new HashMap<>();
    private final NavigableSet<Waiting> inOrder = new TreeSet<>(ORDER);
    private final Map<Room, NavigableSet<Waiting>> byRoom = new HashMap<>();

    /// Remembers what a decision leaves to be wished for, or that nothing is.
    public void note(AddressRequest request, Instant created, Decision decision) {
        remove(request.service());
        boolean wishes =
                switch (decision) {
                    case Decision.Refused _ -> true;
                    case Decision.Assigned assigned -> assigned.isIncomplete();
                };
        if (wishes) {
            boolean particular = !request.held().isEmpty() || !request.wanted().isEmpty();
            add(new Waiting(request.service(), created, particular, decision.waitsFor()));
        }
    }

    public void remove(ServiceKey service) {
        Waiting waiting = byService.remove(service);
        if (waiting != null) {
            inOrder.remove(waiting);
            for (Room room : waiting.rooms()) {
                NavigableSet<Waiting> others = byRoom.get(room);
                if (others != null && others.remove(waiting) && others.isEmpty()) {
                    byRoom.remove(room);
                }
            }
        }
    }

    /// All in order, also those refused for good: what a change of the pools wakes.
    public List<ServiceKey> all() {
        return inOrder.stream().map(Waiting::service).toList();
    }

    public int size() {
        return inOrder.size();
    }

    /// Hands those that wait for one of these rooms to `attempt`, in order and one after the other,
    /// as long as there still is room. `attempt` may change this queue.
    public void wake(Set<Room> gained, Predicate<Room> stillHasRoom, Consumer<ServiceKey> attempt) {
        List<Room> rooms = new ArrayList<>(gained);
        Waiting last = null;
        while (true) {
            rooms.removeIf(room -> !stillHasRoom.test(room));
            Waiting next = next(rooms, last);
            if (next == null) {
                return;
            }
            attempt.accept(next.service());
            last = next;
        }
    }

    private @Nullable Waiting next(List<Room> rooms, @Nullable Waiting last) {
        Waiting next = null;
        for (Room room : rooms) {
            NavigableSet<Waiting> queue = byRoom.get(room);
            if (queue != null) {
                Waiting first = last == null ? queue.first() : queue.higher(last);
                if (first != null && (next == null || ORDER.compare(first, next) < 0)) {
                    next = first;
                }
            }
        }
        return next;
    }

    private void add(Waiting waiting) {
        byService.put(waiting.service(), waiting);
        inOrder.add(waiting);
        waiting.rooms()
                .forEach(room ->
                        byRoom.computeIfAbsent(room, r -> new TreeSet<>(ORDER)).add(waiting));
    }
}

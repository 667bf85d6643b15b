package dev.twinstack.allocation;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The Services of draining pools, in the order in which they move: the oldest first, one of each
/// pool at a time. One that can't go lets the next one pass, and may try again when the one on the
/// way has arrived, or when it is woken and nobody is on the way.
///
/// Not thread-safe, like the [Allocator] beside it. To be told of every decision, it is complete
/// again after a restart once every Service has been looked at.
public final class DrainQueue {

    /// How far the drain of a pool is: `left` Services have only its addresses, `stuck` of them
    /// can't go; `moving` has both its old and its new ones.
    public record Progress(int left, int stuck, Optional<ServiceKey> moving) {}

    private record Member(ServiceKey service, Instant created, DrainMove move) {
        private static final Comparator<Member> ORDER =
                comparing(Member::created).thenComparing(Member::service);

        boolean isMoving() {
            return move instanceof DrainMove.Overlapping;
        }

        boolean isStuck() {
            return move instanceof DrainMove.Stuck;
        }
    }

    private final Map<ServiceKey, Member> byService = new HashMap<>();
    private final NavigableMap<String, NavigableSet<Member>> byPool = new TreeMap<>();

    /// Remembers where a decision that is carried out leaves the Service.
    public void note(ServiceKey service, Instant created, Decision decision) {
        remove(service);
        if (decision instanceof Decision.Assigned assigned && assigned.move().isPresent()) {
            Member member = new Member(service, created, assigned.move().get());
            byService.put(service, member);
            byPool.computeIfAbsent(member.move.from(), pool -> new TreeSet<>(Member.ORDER))
                    .add(member);
        }
    }

    public void remove(ServiceKey service) {
        Member member = byService.remove(service);
        if (member != null) {
            String pool = member.move.from();
            NavigableSet<Member> members = byPool.getOrDefault(pool, new TreeSet<>(Member.ORDER));
            members.remove(member);
            if (members.isEmpty()) {
                byPool.remove(pool);
            } else if (member.isMoving()) {
                tryAgain(members);
            }
        }
    }

    /// Nobody is on the way any more: who was stuck has another try.
    private void tryAgain(NavigableSet<Member> members) {
        for (Member member : List.copyOf(members)) {
            if (member.isStuck()) {
                DrainMove.Waiting again =
                        new DrainMove.Waiting(member.move.from(), member.move.to());
                Member waiting = new Member(member.service, member.created, again);
                members.remove(member);
                members.add(waiting);
                byService.put(member.service, waiting);
            }
        }
    }

    /// The Services whose turn it is, at most one of each pool; to be looked at with their [#step].
    public NavigableSet<ServiceKey> next() {
        NavigableSet<ServiceKey> next = new TreeSet<>();
        byPool.keySet().forEach(pool -> turn(pool).ifPresent(next::add));
        return next;
    }

    /// The step for a Service that says of itself that it is not on its way.
    public DrainStep step(ServiceKey service) {
        Member member = byService.get(service);
        boolean may =
                member != null
                        && !member.isMoving()
                        && moving(member.move.from()).isEmpty()
                        && (member.isStuck()
                                || turn(member.move.from()).filter(service::equals).isPresent());
        return may ? new DrainStep.Begin() : DrainStep.NONE;
    }

    /// All zero for a pool that is empty or does not drain.
    public Progress progress(String pool) {
        int left = (int) members(pool).filter(member -> !member.isMoving()).count();
        int stuck = (int) members(pool).filter(Member::isStuck).count();
        return new Progress(left, stuck, moving(pool));
    }

    private Optional<ServiceKey> turn(String pool) {
        return moving(pool).isPresent()
                ? Optional.empty()
                : members(pool)
                        .filter(member -> !member.isStuck())
                        .map(Member::service)
                        .findFirst();
    }

    private Optional<ServiceKey> moving(String pool) {
        return members(pool).filter(Member::isMoving).map(Member::service).findFirst();
    }

    private Stream<Member> members(String pool) {
        NavigableSet<Member> members = byPool.get(pool);
        return members == null ? Stream.empty() : members.stream();
    }
}

package dev.twinstack.allocation;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The Services of draining pools, in the order in which they move: the oldest first, one of each
/// pool at a time. One that can't go lets the next one pass, and stands in line again when it is
/// [#retry]ed, or looked at while nobody is on the way.
///
/// To be told of every decision, it is complete again after a restart once every Service has been
/// looked at. Finding who is next costs nothing in the number of Services.
final class DrainQueue {

    /// A Service, what it asks for, and where its last decision left it.
    record Member(AddressRequest request, Instant created, DrainMove move) {
        private static final Comparator<Member> ORDER =
                comparing(Member::created).thenComparing(Member::service);

        ServiceKey service() {
            return request.service();
        }
    }

    /// Those of one pool.
    private static final class Line {
        private final NavigableSet<Member> waiting = new TreeSet<>(Member.ORDER);
        private final NavigableSet<Member> stuck = new TreeSet<>(Member.ORDER);
        private final NavigableSet<Member> moving = new TreeSet<>(Member.ORDER);

        private NavigableSet<Member> of(DrainMove move) {
            return switch (move) {
                case DrainMove.Waiting _ -> waiting;
                case DrainMove.Stuck _ -> stuck;
                case DrainMove.Overlapping _ -> moving;
                case DrainMove.Arrived _ ->
                        throw new IllegalArgumentException("who has arrived stands in no line");
            };
        }

        private boolean isEmpty() {
            return waiting.isEmpty() && stuck.isEmpty() && moving.isEmpty();
        }
    }

    private final Map<ServiceKey, Member> byService = new HashMap<>();
    private final NavigableMap<String, Line> byPool = new TreeMap<>();

    /// Remembers where a decision that is carried out leaves the Service.
    void note(AddressRequest request, Instant created, Decision decision) {
        remove(request.service());
        if (decision instanceof Decision.Assigned assigned
                && assigned.move().isPresent()
                && !(assigned.move().get() instanceof DrainMove.Arrived)) {
            add(new Member(request, created, assigned.move().get()));
        }
    }

    private void add(Member member) {
        byService.put(member.service(), member);
        byPool.computeIfAbsent(member.move.from(), pool -> new Line()).of(member.move).add(member);
    }

    void remove(ServiceKey service) {
        Member member = byService.remove(service);
        if (member != null) {
            String pool = member.move.from();
            Line line = byPool.get(pool);
            if (line != null) {
                line.of(member.move).remove(member);
                if (line.isEmpty()) {
                    byPool.remove(pool);
                }
            }
        }
    }

    @Nullable Member member(ServiceKey service) {
        return byService.get(service);
    }

    boolean isEmpty() {
        return byService.isEmpty();
    }

    /// One that was stuck stands in line again.
    void retry(ServiceKey service) {
        Member member = byService.get(service);
        if (member != null && member.move instanceof DrainMove.Stuck(String from, String to, _)) {
            remove(service);
            add(new Member(member.request, member.created, new DrainMove.Waiting(from, to)));
        }
    }

    /// The Services whose turn it is, at most one of each pool.
    List<ServiceKey> next() {
        return byPool.values().stream()
                .filter(line -> line.moving.isEmpty() && !line.waiting.isEmpty())
                .map(line -> line.waiting.first().service())
                .toList();
    }

    /// Whether it may go if it is looked at now.
    boolean mayBegin(ServiceKey service) {
        Member member = byService.get(service);
        Line line = member == null ? null : byPool.get(member.move.from());
        if (member == null || line == null || !line.moving.isEmpty()) {
            return false;
        }
        return member.move instanceof DrainMove.Stuck || line.waiting.first().equals(member);
    }

    /// Those that have old and new addresses, of all pools.
    List<Member> moving() {
        return byPool.values().stream().flatMap(line -> line.moving.stream()).toList();
    }

    Collection<Member> moving(String pool) {
        return Optional.ofNullable(byPool.get(pool))
                .map(line -> line.moving)
                .orElseGet(TreeSet::new);
    }

    Collection<Member> stuck(String pool) {
        return Optional.ofNullable(byPool.get(pool))
                .map(line -> line.stuck)
                .orElseGet(TreeSet::new);
    }

    int waiting(String pool) {
        Line line = byPool.get(pool);
        return line == null ? 0 : line.waiting.size();
    }
}

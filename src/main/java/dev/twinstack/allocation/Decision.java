package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The answer to an [AddressRequest].
public sealed interface Decision {

    ServiceKey service();

    /// The pool of `addresses`.
    String pool();

    Sharing sharing();

    /// What the Service has once this decision is carried out, in the order of its status.
    List<IpAddress> addresses();

    /// Why an address that the Service held is not kept; MetalLB's `ClearAssignment`. Empty when
    /// the Service itself asked for another one.
    Optional<Refusal> cleared();

    /// The rooms of which one must come free before another try can give more; empty if only a
    /// change of the Service or of the pools can.
    Set<Room> waitsFor();

    /// The Service has `addresses`, all from `pool`. `added` are those it did not hold before;
    /// empty means that nothing is new. `missing` says why a Service that prefers two families has
    /// only one. `move` is there for a Service of a draining pool; while its old and its new
    /// addresses overlap, `addresses` are both, and `pool` is that of the new ones.
    record Assigned(
            ServiceKey service,
            String pool,
            List<IpAddress> addresses,
            List<IpAddress> added,
            Sharing sharing,
            Optional<Refusal> cleared,
            Optional<Refusal> missing,
            Set<Room> waitsFor,
            Optional<DrainMove> move)
            implements Decision {

        public Assigned {
            addresses = List.copyOf(addresses);
            added = List.copyOf(added);
            waitsFor = Set.copyOf(waitsFor);
        }

        /// In a pool that does not drain.
        public Assigned(
                ServiceKey service,
                String pool,
                List<IpAddress> addresses,
                List<IpAddress> added,
                Sharing sharing,
                Optional<Refusal> cleared,
                Optional<Refusal> missing,
                Set<Room> waitsFor) {
            this(
                    service,
                    pool,
                    addresses,
                    added,
                    sharing,
                    cleared,
                    missing,
                    waitsFor,
                    Optional.empty());
        }

        /// The same, for a Service that can't leave its draining pool until one of these rooms,
        /// too, comes free.
        Assigned stuck(DrainMove stuck, Set<Room> rooms) {
            Set<Room> all = new HashSet<>(waitsFor);
            all.addAll(rooms);
            return new Assigned(
                    service,
                    pool,
                    addresses,
                    added,
                    sharing,
                    cleared,
                    missing,
                    all,
                    Optional.of(stuck));
        }

        /// Whether something is left to be wished for.
        boolean isIncomplete() {
            return missing.isPresent()
                    || (move.isPresent() && move.get() instanceof DrainMove.Stuck);
        }

        /// Whether all addresses are new to the Service.
        public boolean isNew() {
            return added.size() == addresses.size();
        }
    }

    /// The request can't be met. `addresses` are those that the Service keeps all the same: a
    /// failed request for another address or for more does not take away one that it may have.
    /// `waitsFor` names the rooms of which one must come free before another try can help; empty if
    /// only a change of the Service or of the pools can.
    record Refused(
            ServiceKey service,
            Refusal reason,
            String pool,
            List<IpAddress> addresses,
            Sharing sharing,
            Optional<Refusal> cleared,
            Set<Room> waitsFor)
            implements Decision {

        public Refused {
            addresses = List.copyOf(addresses);
            waitsFor = Set.copyOf(waitsFor);
        }
    }
}

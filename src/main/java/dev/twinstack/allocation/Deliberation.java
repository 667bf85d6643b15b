package dev.twinstack.allocation;

import dev.twinstack.allocation.Keeping.Kept;
import dev.twinstack.allocation.Outcome.Failed;
import dev.twinstack.allocation.Outcome.Found;
import dev.twinstack.net.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The rules for one request, in MetalLB's order: keep what the Service has, else what it was
/// promised; then the addresses it wants, the pool it names, or an automatic choice. Reads only.
final class Deliberation {

    private final AddressRequest request;
    private final PoolTable pools;
    private final Holding indexed;
    private final Holding reserved;
    private final PoolFilling filling;
    private final PoolChoice choice;
    private final Keeping keeping;

    Deliberation(AddressRequest request, Tenancies tenancies, Holdings holdings) {
        this.request = request;
        this.pools = tenancies.pools();
        this.indexed = holdings.held(request.service());
        this.reserved = holdings.reserved(request.service());
        List<IpAddress> own = new ArrayList<>(request.held());
        own.addAll(indexed.addresses());
        own.addAll(reserved.addresses());
        own.addAll(request.proposed());
        this.filling = new PoolFilling(tenancies, request, own);
        this.choice = new PoolChoice(pools, request, filling);
        this.keeping = new Keeping(pools, request, filling, choice);
    }

    Decision decide() {
        Kept held = keeping.keep(request.held(), false);
        Kept inIndex = keeping.keep(indexed.addresses(), false);
        Outcome outcome = outcome(held, inIndex);
        return switch (outcome) {
            case Found found -> assigned(found, held.lost());
            case Failed failed -> refused(failed, held.legal().isEmpty() ? inIndex : held, held);
        };
    }

    private Outcome outcome(Kept held, Kept inIndex) {
        Optional<Refusal> problem = FamilyCheck.problem(request);
        if (problem.isPresent()) {
            return Failed.forGood(problem.get());
        }
        if (pools.isEmpty()) {
            return Failed.forGood(new Refusal.NoPools());
        }
        Found kept = held.found() != null ? held.found() : inIndex.found();
        if (kept == null) {
            kept = keeping.keep(reserved.addresses(), true).found();
        }
        if (kept == null) {
            kept = keeping.keep(request.proposed(), true).found();
        }
        if (kept != null) {
            return kept;
        }
        return request.wanted().isEmpty()
                ? choice.choose()
                : new WantedAddresses(pools, request, filling, choice).take();
    }

    private Decision assigned(Found found, Optional<Refusal> lost) {
        List<IpAddress> added = new ArrayList<>(found.addresses());
        added.removeAll(request.held());
        boolean keepsAll = found.addresses().containsAll(request.held());
        return new Decision.Assigned(
                request.service(),
                found.pool(),
                found.addresses(),
                added,
                request.sharing(),
                keepsAll ? Optional.empty() : lost,
                found.missing(),
                found.waitsFor());
    }

    private Decision refused(Failed failed, Kept keeps, Kept held) {
        boolean keepsAll = keeps.legal().containsAll(request.held());
        Set<Room> rooms = new HashSet<>(failed.waitsFor());
        rooms.addAll(keeps.waitsFor());
        return new Decision.Refused(
                request.service(),
                failed.reason(),
                keeps.legalPool(),
                keeps.legal(),
                request.sharing(),
                keepsAll ? Optional.empty() : held.lost(),
                rooms);
    }
}

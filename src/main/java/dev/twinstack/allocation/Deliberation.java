package dev.twinstack.allocation;

import dev.twinstack.allocation.Keeping.Kept;
import dev.twinstack.allocation.Outcome.Failed;
import dev.twinstack.allocation.Outcome.Found;
import dev.twinstack.allocation.Relocation.Stage;
import dev.twinstack.net.IpAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules for one request, in MetalLB's order: keep what the Service has, else what it was
/// promised or what is kept for it; then the addresses it wants, the pool it names, or an automatic
/// choice. A claim that it uses comes before all that. Reads only.
final class Deliberation {

    private final AddressRequest request;
    private final PoolTable pools;
    private final Liens liens;
    private final Holding indexed;
    private final Holding reserved;
    private final AddressRights rights;
    private final Wishes wishes;
    private final PoolFilling filling;
    private final PoolChoice choice;
    private final Keeping keeping;
    private final Relocation relocation;

    Deliberation(AddressRequest request, Tenancies tenancies, Holdings holdings, Liens liens) {
        this.request = request;
        this.pools = tenancies.pools();
        this.liens = liens;
        this.indexed = holdings.held(request.service());
        this.reserved = holdings.reserved(request.service());
        List<IpAddress> own = new ArrayList<>(request.held());
        own.addAll(indexed.addresses());
        own.addAll(reserved.addresses());
        own.addAll(liens.keptFor(request.service()));
        own.addAll(request.proposed());
        Applicant applicant =
                new Applicant.ForService(
                        request.service(), request.claim().orElse(null), request.sharing());
        this.rights = new AddressRights(tenancies, request, applicant);
        this.wishes = new Wishes(request, pools);
        this.filling = new PoolFilling(rights, request, own);
        this.choice = new PoolChoice(pools, request, filling);
        this.keeping = new Keeping(pools, request, rights, filling, choice, wishes);
        this.relocation = relocation(tenancies, own);
    }

    /// New addresses of a Service that moves are those that the others whom it takes along can have
    /// too, and the other one's where it follows one.
    private Relocation relocation(Tenancies tenancies, List<IpAddress> own) {
        PoolChoice next =
                switch (request.drainStep()) {
                    case DrainStep.Begin(_, Sharing terms)
                            when !terms.equals(request.sharing()) -> {
                        AddressRequest all = request.withSharing(terms);
                        AddressRights theirs =
                                new AddressRights(
                                        tenancies,
                                        all,
                                        new Applicant.ForService(
                                                request.service(),
                                                request.claim().orElse(null),
                                                terms));
                        yield new PoolChoice(pools, all, new PoolFilling(theirs, all, own));
                    }
                    case DrainStep.Join(_, List<IpAddress> others) -> {
                        List<IpAddress> first = new ArrayList<>(others);
                        first.addAll(own);
                        yield new PoolChoice(
                                pools, request, new PoolFilling(rights, request, first));
                    }
                    case DrainStep.None _,
                            DrainStep.Begin _,
                            DrainStep.Overlap _,
                            DrainStep.End _ ->
                            choice;
                };
        return new Relocation(pools, request, rights, next, keeping, wishes);
    }

    Decision decide() {
        Kept held = keeping.keep(request.held(), false);
        Kept inIndex = keeping.keep(indexed.addresses(), false);
        Stage moving = isSound() && !usesClaim() ? relocation.proceed(has()) : null;
        if (moving != null) {
            return assigned(moving, Optional.empty());
        }
        Outcome outcome = outcome(held, inIndex);
        return switch (outcome) {
            case Found found -> assigned(relocation.stageOf(found, usesClaim()), held.lost());
            case Failed failed -> refused(failed, held.legal().isEmpty() ? inIndex : held, held);
        };
    }

    private boolean isSound() {
        return !pools.isEmpty() && FamilyCheck.problem(request).isEmpty();
    }

    private List<IpAddress> has() {
        return request.held().isEmpty() ? indexed.addresses() : request.held();
    }

    private boolean usesClaim() {
        return ofClaim() != null;
    }

    private Outcome outcome(Kept held, Kept inIndex) {
        Optional<Refusal> problem = FamilyCheck.problem(request);
        if (problem.isPresent()) {
            return Failed.forGood(problem.get());
        }
        if (pools.isEmpty()) {
            return Failed.forGood(new Refusal.NoPools());
        }
        Outcome ofClaim = ofClaim();
        if (ofClaim != null) {
            return ofClaim;
        }
        Found kept = held.found() != null ? held.found() : inIndex.found();
        if (kept == null) {
            kept = promised();
        }
        if (kept != null) {
            return kept;
        }
        return wishes.isEmpty()
                ? choice.choose()
                : new WantedAddresses(pools, request, rights, choice, wishes).take();
    }

    private @Nullable Found promised() {
        Found kept = keeping.keep(reserved.addresses(), true).found();
        if (kept == null) {
            kept = keeping.keep(liens.keptFor(request.service()), true).found();
        }
        return kept != null ? kept : keeping.keep(request.proposed(), true).found();
    }

    /// Null if the Service uses no claim: it names none, and there is none for it, or it asks for
    /// something else than that one has.
    private @Nullable Outcome ofClaim() {
        ClaimKey named = request.claim().orElse(null);
        ClaimKey key = named != null ? named : liens.claimFor(request.service());
        if (key == null) {
            return null;
        }
        ClaimHolding claim = liens.claim(key);
        if (claim == null) {
            return new Failed(new Refusal.ClaimNotBound(key), Set.of(new Room.OfClaim(key)));
        }
        boolean closed = liens.isLeaving(key) && !isOn(claim);
        ClaimUse use = new ClaimUse(key, claim, closed, pools, request, rights, filling, wishes);
        return named == null && use.mismatch().isPresent() ? null : use.take();
    }

    private boolean isOn(ClaimHolding claim) {
        return !Collections.disjoint(claim.addresses(), indexed.addresses())
                || !Collections.disjoint(claim.addresses(), reserved.addresses());
    }

    private Decision assigned(Stage stage, Optional<Refusal> lost) {
        Found found = stage.found();
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
                found.waitsFor(),
                Optional.ofNullable(stage.move()));
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

package dev.twinstack.allocation;

import dev.twinstack.allocation.AddressMap.Slot;
import dev.twinstack.allocation.Outcome.Failed;
import dev.twinstack.allocation.Outcome.Found;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules for one claim: keep what it has, else what the Service that it is for has; then the
/// addresses it names, or those that a Service without labels would get. Reads only.
final class ClaimDeliberation {

    private final ClaimRequest claim;
    private final AddressRequest request;
    private final Tenancies tenancies;
    private final AddressRights rights;
    private final PoolChoice choice;
    private final Wishes wishes;
    private final List<List<IpAddress>> candidates = new ArrayList<>();

    ClaimDeliberation(ClaimRequest claim, Tenancies tenancies, Holdings holdings, Liens liens) {
        this.claim = claim;
        this.tenancies = tenancies;
        this.request = asRequest(claim);
        ClaimHolding indexed = liens.claim(claim.claim());
        candidates.add(claim.held());
        candidates.add(indexed == null ? List.of() : indexed.addresses());
        claim.reservedFor()
                .ifPresent(service -> {
                    candidates.add(holdings.held(service).addresses());
                    candidates.add(liens.keptFor(service));
                });
        Applicant applicant =
                new Applicant.ForClaim(claim.claim(), claim.reservedFor().orElse(null));
        rights = new AddressRights(tenancies, request, applicant);
        choice =
                new PoolChoice(
                        tenancies.pools(), request, new PoolFilling(rights, request, List.of()));
        wishes = new Wishes(request, tenancies.pools());
    }

    /// What the claim would ask for if it were a Service.
    private static AddressRequest asRequest(ClaimRequest claim) {
        List<IpFamily> families =
                claim.families().isEmpty() ? List.of(IpFamily.values()) : claim.families();
        FamilyPolicy policy =
                families.size() < 2
                        ? FamilyPolicy.SINGLE_STACK
                        : claim.families().isEmpty()
                                ? FamilyPolicy.PREFER_DUAL_STACK
                                : FamilyPolicy.REQUIRE_DUAL_STACK;
        AddressRequest request =
                AddressRequest.of(
                                new ServiceKey(claim.claim().namespace(), claim.claim().name()),
                                policy,
                                families.toArray(IpFamily[]::new))
                        .withLabels(claim.namespaceLabels(), Map.of())
                        .withWanted(claim.addresses());
        return claim.pool().map(request::withPool).orElse(request);
    }

    ClaimDecision decide() {
        return switch (outcome()) {
            case Found found ->
                    new ClaimDecision.Bound(
                            claim.claim(), found.pool(), found.addresses(), claim.reservedFor());
            case Failed failed ->
                    new ClaimDecision.Refused(claim.claim(), failed.reason(), failed.waitsFor());
        };
    }

    private Outcome outcome() {
        if (tenancies.pools().isEmpty()) {
            return Failed.forGood(new Refusal.NoPools());
        }
        if (!claim.addresses().isEmpty() && !ofItsFamilies(claim.addresses())) {
            return Failed.forGood(
                    new Refusal.FamiliesDoNotFit(
                            "the claim names addresses of other families than it asks for"));
        }
        for (List<IpAddress> candidate : candidates) {
            Found kept = keep(candidate);
            if (kept != null) {
                return kept;
            }
        }
        return claim.addresses().isEmpty()
                ? choice.choose()
                : new WantedAddresses(tenancies.pools(), request, rights, choice, wishes).take();
    }

    /// What of the addresses is of the claim's families, if it is all that the claim asks for and
    /// may have.
    private @Nullable Found keep(List<IpAddress> candidate) {
        List<IpAddress> addresses =
                candidate.stream()
                        .filter(address -> request.families().contains(address.family()))
                        .toList();
        boolean isAll =
                claim.addresses().isEmpty()
                        ? ofItsFamilies(addresses)
                        : Set.copyOf(addresses).equals(Set.copyOf(claim.addresses()));
        if (addresses.isEmpty() || !isAll) {
            return null;
        }
        for (Slot slot : tenancies.pools().addresses().slots(addresses.getFirst())) {
            PoolState pool = slot.pool();
            if (claim.pool().map(pool.name()::equals).orElse(true)
                    && choice.closed(pool).isEmpty()
                    && addresses.stream().allMatch(a -> rights.mayHave(pool, a))) {
                return new Found(pool.name(), addresses, Optional.empty(), Set.of());
            }
        }
        return null;
    }

    private boolean ofItsFamilies(List<IpAddress> addresses) {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        addresses.forEach(address -> families.add(address.family()));
        return claim.families().isEmpty() || families.equals(Set.copyOf(claim.families()));
    }
}

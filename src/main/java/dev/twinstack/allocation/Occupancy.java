package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is on one address: Services that hold it or have it reserved, and what keeps it when there
/// are none.
record Occupancy(List<Tenant> tenants, @Nullable Lien lien) {

    static final Occupancy NONE = new Occupancy(List.of(), null);

    Occupancy {
        tenants = List.copyOf(tenants);
    }

    boolean isFree() {
        return tenants.isEmpty() && lien == null;
    }

    boolean isAssigned() {
        for (Tenant tenant : tenants) {
            if (!tenant.reservation()) {
                return true;
            }
        }
        return false;
    }

    /// The namespaces in whose quota the address counts.
    Set<String> namespaces() {
        String its = lien == null ? null : lien.namespace();
        if (tenants.isEmpty()) {
            return its == null ? Set.of() : Set.of(its);
        }
        if (tenants.size() == 1 && its == null) {
            return Set.of(tenants.getFirst().service().namespace());
        }
        Set<String> namespaces = new HashSet<>();
        tenants.forEach(tenant -> namespaces.add(tenant.service().namespace()));
        if (its != null) {
            namespaces.add(its);
        }
        return namespaces;
    }

    Occupancy with(Tenant tenant) {
        List<Tenant> all = new ArrayList<>(without(tenant.service(), tenant.reservation()).tenants);
        all.add(tenant);
        return new Occupancy(all, lien);
    }

    Occupancy without(ServiceKey service, boolean reservation) {
        List<Tenant> rest = new ArrayList<>(tenants);
        rest.removeIf(tenant -> tenant.isSameTenancy(service, reservation));
        return new Occupancy(rest, lien);
    }

    Occupancy with(@Nullable Lien other) {
        return new Occupancy(tenants, other);
    }

    /// What keeps the applicant off the address; its own tenancies don't count.
    Optional<Refusal> conflict(IpAddress address, Applicant applicant) {
        if (lien != null) {
            Optional<Refusal> kept = lien.conflict(address, applicant);
            if (kept.isPresent()) {
                return kept;
            }
        }
        for (Tenant tenant : tenants) {
            Optional<String> why =
                    switch (applicant) {
                        case Applicant.ForService asking -> conflict(tenant, asking);
                        case Applicant.ForClaim asking -> conflict(tenant, asking);
                    };
            if (why.isPresent()) {
                String text =
                        tenant.reservation()
                                ? why.get() + ", which has just been promised it"
                                : why.get();
                return Optional.of(new Refusal.AddressTaken(address, tenant.service(), text));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> conflict(Tenant tenant, Applicant.ForService asking) {
        return tenant.service().equals(asking.service())
                ? Optional.empty()
                : asking.sharing().conflictWith(tenant.service(), tenant.sharing());
    }

    /// A claim goes over those who use it already, and over the Service that it is for.
    private Optional<String> conflict(Tenant tenant, Applicant.ForClaim asking) {
        boolean fits =
                (lien instanceof Lien.Claimed claimed && claimed.claim().equals(asking.claim()))
                        || tenant.service().equals(asking.reservedFor());
        return fits ? Optional.empty() : Optional.of("it belongs to " + tenant.service());
    }
}

package dev.twinstack.operator.controller;

import dev.twinstack.allocation.Drainage;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.config.PolicyInForce;
import dev.twinstack.crd.AddressPolicyStatus.DrainProgress;
import dev.twinstack.crd.AddressPolicyStatus.Staying;
import dev.twinstack.crd.Condition;
import dev.twinstack.operator.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the status of a policy says of the pools that it drains.
final class PolicyDrain {

    private static final int TOLD = 10;
    private static final String DRAINED = "Drained";

    private static final String CLAIM = "AddressClaim ";

    private PolicyDrain() {}

    /// Empty for a policy that drains nothing.
    static Optional<DrainProgress> progress(PolicyInForce policy, AddressBook book) {
        if (policy.policy().drain().isEmpty()) {
            return Optional.empty();
        }
        List<String> moving = new ArrayList<>();
        List<Staying> staying = new ArrayList<>();
        int remaining = 0;
        for (String pool : policy.pools()) {
            Drainage.Progress its = book.drained(pool);
            List<String> holders = book.usersOf(pool);
            remaining += holders.size() + its.moving().size();
            its.moving().stream().map(ServiceKey::toString).forEach(moving::add);
            its.stuck()
                    .forEach((service, why) ->
                            staying.add(new Staying("Service " + service, why.text())));
            holders.stream()
                    .filter(holder -> holder.startsWith(CLAIM))
                    .map(claim -> new Staying(claim, "a claim does not move by itself"))
                    .forEach(staying::add);
        }
        return Optional.of(new DrainProgress(remaining, first(moving), first(staying)));
    }

    private static <T> List<T> first(List<T> all) {
        return List.copyOf(all.subList(0, Math.min(TOLD, all.size())));
    }

    static Condition drained(DrainProgress progress, @Nullable Long generation) {
        if (progress.remaining() == 0) {
            return Conditions.yes(DRAINED, "Empty", "nobody has an address any more", generation);
        }
        if (progress.staying().isEmpty()) {
            return Conditions.no(
                    DRAINED,
                    "Moving",
                    "%d still have an address".formatted(progress.remaining()),
                    generation);
        }
        Staying first = progress.staying().getFirst();
        return Conditions.no(
                DRAINED,
                "SomeStay",
                "%d still have an address; %s can't move: %s"
                        .formatted(progress.remaining(), first.holder(), first.reason()),
                generation);
    }
}

package dev.twinstack.operator.controller;

import static java.util.stream.Collectors.joining;

import dev.twinstack.allocation.ClaimDecision;
import dev.twinstack.allocation.Refusal;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.config.ClaimReader;
import dev.twinstack.config.ConfigError;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.AddressClaimStatus;
import dev.twinstack.crd.Condition;
import dev.twinstack.net.IpAddress;
import dev.twinstack.operator.Conditions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the status of a claim shall say. Pure.
final class ClaimStatusEdit {

    private static final String BOUND = "Bound";
    private static final String READY = "Ready";

    private record Why(String reason, String text) {}

    private ClaimStatusEdit() {}

    /// A changed copy with the same `resourceVersion`; empty if the claim says all of it already.
    static Optional<AddressClaim> edit(
            AddressClaim claim, ClaimDecision decision, List<ServiceKey> users, Instant now) {
        return switch (decision) {
            case ClaimDecision.Bound bound ->
                    edit(claim, bound.addresses(), bound.pool(), users, null, now);
            case ClaimDecision.Refused(_, Refusal reason, _) -> {
                Why why = new Why(reason.getClass().getSimpleName(), reason.text());
                yield edit(claim, ClaimReader.held(claim), pool(claim), users, why, now);
            }
        };
    }

    /// A claim that can't be read keeps what it has.
    static Optional<AddressClaim> edit(
            AddressClaim claim, List<ConfigError> errors, List<ServiceKey> users, Instant now) {
        String text =
                errors.stream()
                        .map(error -> error.path() + ": " + error.reason())
                        .collect(joining("; "));
        return edit(
                claim,
                ClaimReader.held(claim),
                pool(claim),
                users,
                new Why("InvalidClaim", text),
                now);
    }

    /// A claim that is to be deleted and is still used.
    static Optional<AddressClaim> leaving(AddressClaim claim, List<ServiceKey> users, Instant now) {
        Why why =
                new Why(
                        "InUse",
                        "the claim is deleted when Service %s no longer uses it"
                                .formatted(names(users)));
        return edit(claim, ClaimReader.held(claim), pool(claim), users, why, now);
    }

    private static Optional<AddressClaim> edit(
            AddressClaim claim,
            List<IpAddress> addresses,
            @Nullable String pool,
            List<ServiceKey> users,
            @Nullable Why trouble,
            Instant now) {
        List<Condition> before =
                claim.getStatus() == null ? List.of() : claim.getStatus().conditions();
        Long generation = claim.getMetadata().getGeneration();
        Condition bound =
                addresses.isEmpty() && trouble != null
                        ? Conditions.no(BOUND, trouble.reason(), trouble.text(), generation)
                        : Conditions.yes(BOUND, "Bound", "", generation);
        Condition ready =
                trouble != null
                        ? Conditions.no(READY, trouble.reason(), trouble.text(), generation)
                        : Conditions.yes(
                                READY,
                                users.isEmpty() ? "Unused" : "Used",
                                users.isEmpty() ? "" : "used by Service " + names(users),
                                generation);
        AddressClaimStatus status =
                new AddressClaimStatus(
                        addresses.stream().map(IpAddress::toString).toList(),
                        addresses.isEmpty() ? null : pool,
                        users.stream().map(ServiceKey::name).toList(),
                        Conditions.since(before, List.of(bound, ready), now));
        if (status.equals(claim.getStatus())) {
            return Optional.empty();
        }
        AddressClaim edited = new AddressClaim();
        edited.setMetadata(new ObjectMetaBuilder(claim.getMetadata()).build());
        edited.setSpec(claim.getSpec());
        edited.setStatus(status);
        return Optional.of(edited);
    }

    private static @Nullable String pool(AddressClaim claim) {
        return claim.getStatus() == null ? null : claim.getStatus().pool();
    }

    private static String names(List<ServiceKey> users) {
        return users.stream().map(ServiceKey::toString).collect(joining(", "));
    }
}

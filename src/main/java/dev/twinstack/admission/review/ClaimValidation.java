package dev.twinstack.admission.review;

import static java.util.stream.Collectors.joining;

import dev.twinstack.admission.AddressAuthority;
import dev.twinstack.allocation.ClaimDecision;
import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.allocation.ClaimRequest;
import dev.twinstack.allocation.Refusal;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.config.ClaimReader;
import dev.twinstack.config.ConfigError;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.Twinstack;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Judges an AddressClaim by what the allocator would give it: what can never work is refused, what
/// has to wait is said. Whoever deletes one that is used reads for whom the deletion waits. Changes
/// and keeps nothing.
public final class ClaimValidation implements Review {

    private final AddressAuthority authority;
    private final String namespace;

    /// @param namespace where the controller keeps claims of its own
    public ClaimValidation(AddressAuthority authority, String namespace) {
        this.authority = authority;
        this.namespace = namespace;
    }

    @Override
    public AdmissionResponse review(AdmissionRequest request) {
        if (!authority.leads()) {
            return Answers.allowed(request);
        }
        if (request.getObject() instanceof AddressClaim claim) {
            return isKept(request, claim) || asksNothingNew(request, claim)
                    ? Answers.allowed(request)
                    : written(request, claim);
        }
        return request.getOldObject() instanceof AddressClaim claim
                ? deleted(request, claim)
                : Answers.allowed(request);
    }

    private boolean isKept(AdmissionRequest request, AddressClaim claim) {
        Map<String, String> labels = claim.getMetadata().getLabels();
        return namespace.equals(request.getNamespace())
                && labels != null
                && "true".equals(labels.get(Twinstack.KEPT_LABEL));
    }

    private static boolean asksNothingNew(AdmissionRequest request, AddressClaim claim) {
        return claim.getMetadata().getDeletionTimestamp() != null
                || (request.getOldObject() instanceof AddressClaim old
                        && Objects.equals(old.getSpec(), claim.getSpec()));
    }

    private AdmissionResponse written(AdmissionRequest request, AddressClaim claim) {
        Optional<Map<String, String>> labels = authority.namespaceLabels(request.getNamespace());
        claim.getMetadata().setNamespace(request.getNamespace());
        return switch (ClaimReader.read(claim, labels.orElse(Map.of()))) {
            case ClaimReader.Reading.Wrong(List<ConfigError> errors) ->
                    Answers.refused(
                            request,
                            errors.stream()
                                    .map(error -> error.path() + ": " + error.reason())
                                    .collect(joining("; ")),
                            List.of());
            case ClaimReader.Reading.Asks(ClaimRequest asked) ->
                    labels.isPresent() ? decided(request, asked) : Answers.allowed(request);
        };
    }

    private AdmissionResponse decided(AdmissionRequest request, ClaimRequest asked) {
        ClaimDecision decision = authority.decide(asked);
        if (isRefusal(decision) && authority.caughtUp()) {
            decision = authority.decide(asked);
        }
        return switch (decision) {
            case ClaimDecision.Bound _ -> Answers.allowed(request);
            case ClaimDecision.Refused(_, Refusal why, _) ->
                    ServiceQuestion.isAskedWrongly(why)
                            ? Answers.refused(request, why.text(), List.of())
                            : Answers.allowed(request, List.of("the claim waits: " + why.text()));
        };
    }

    private static boolean isRefusal(ClaimDecision decision) {
        return decision instanceof ClaimDecision.Refused refused
                && ServiceQuestion.isAskedWrongly(refused.reason());
    }

    private AdmissionResponse deleted(AdmissionRequest request, AddressClaim claim) {
        List<ServiceKey> users =
                authority.usersOf(
                        new ClaimKey(
                                String.valueOf(request.getNamespace()),
                                String.valueOf(claim.getMetadata().getName())));
        return users.isEmpty() || isKept(request, claim)
                ? Answers.allowed(request)
                : Answers.allowed(
                        request,
                        List.of(
                                "the claim is deleted when Service %s no longer uses it"
                                        .formatted(
                                                users.stream()
                                                        .map(ServiceKey::toString)
                                                        .collect(joining(", ")))));
    }
}

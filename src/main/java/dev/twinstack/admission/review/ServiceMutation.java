package dev.twinstack.admission.review;

import static java.util.stream.Collectors.joining;

import dev.twinstack.admission.AddressAuthority;
import dev.twinstack.admission.MovingText;
import dev.twinstack.admission.ServiceAnnotations;
import dev.twinstack.admission.ServiceError;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.admission.ServiceReading;
import dev.twinstack.admission.patch.JsonPatch;
import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.DrainMove;
import dev.twinstack.net.IpAddress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers a create or update of a Service with its addresses, as annotations.
///
/// - Not a LoadBalancer, or of another class: untouched; annotations of ours go when it ceases to
///   be a LoadBalancer.
/// - Asked wrongly: refused, with the allocator's reason. A full pool is not: the Service waits.
/// - In a namespace whose labels matter and are not known yet: left to the controller.
/// - An update that asks nothing new keeps what it has.
/// - Where the pool's policy says so, a new Service becomes dual-stack, see [DualStackUpgrade].
///
/// What a user writes into our annotations is never believed.
public final class ServiceMutation extends ServiceReview {

    private final DualStackUpgrade upgrade;

    public ServiceMutation(AddressAuthority authority, ServiceReader reader) {
        super(authority, reader);
        this.upgrade = new DualStackUpgrade(authority, reader);
    }

    @Override
    AdmissionResponse review(
            AdmissionRequest request, ServiceChange change, Optional<Map<String, String>> labels) {
        Map<String, String> its = labels.orElse(Map.of());
        Service old = change.old();
        ServiceReading reading = read(change.service(), old, its);
        ServiceReading before = old == null ? null : read(old, old, its);
        return switch (reading) {
            case ServiceReading.OtherClass _, ServiceReading.NoClusterIp _ ->
                    Answers.allowed(request);
            case ServiceReading.NotLoadBalancer _ -> ceased(request, change, before);
            case ServiceReading.Wrong(List<ServiceError> errors) ->
                    old != null && before != null && ServiceQuestion.same(reading, before)
                            ? unchanged(request, change, old)
                            : wrong(request, errors);
            case ServiceReading.Asks(AddressRequest asked) ->
                    old != null && before != null && ServiceQuestion.same(reading, before)
                            ? unchanged(request, change, old)
                            : labels.isPresent()
                                    ? upgradedOrNot(request, change, asked, its)
                                    : leftToController(request, change);
        };
    }

    private ServiceReading read(
            Service service, @Nullable Service old, Map<String, String> namespaceLabels) {
        return reader.requested(service, old, namespaceLabels, authority.clusterFamilies());
    }

    private static AdmissionResponse leftToController(
            AdmissionRequest request, ServiceChange change) {
        Service old = change.old();
        return Answers.patched(
                request,
                AnnotationPatch.of(
                        change.service(), old == null ? Map.of() : AnnotationPatch.presentIn(old)),
                List.of(
                        "the labels of namespace %s are not known yet: the Service gets its address later"
                                .formatted(change.namespace())));
    }

    private static AdmissionResponse ceased(
            AdmissionRequest request, ServiceChange change, @Nullable ServiceReading before) {
        boolean wasOurs =
                before instanceof ServiceReading.Asks || before instanceof ServiceReading.Wrong;
        return wasOurs
                ? Answers.patched(
                        request, AnnotationPatch.of(change.service(), Map.of()), List.of())
                : Answers.allowed(request);
    }

    private static AdmissionResponse unchanged(
            AdmissionRequest request, ServiceChange change, Service old) {
        return Answers.patched(
                request,
                AnnotationPatch.of(change.service(), AnnotationPatch.presentIn(old)),
                List.of());
    }

    private AdmissionResponse upgradedOrNot(
            AdmissionRequest request,
            ServiceChange change,
            AddressRequest asked,
            Map<String, String> labels) {
        return upgrade.of(change, asked, labels)
                .map(both ->
                        decided(
                                request,
                                change,
                                both,
                                new JsonPatch()
                                        .add(
                                                JsonPatch.pointer("spec", "ipFamilyPolicy"),
                                                DualStackUpgrade.POLICY)))
                .orElseGet(() -> decided(request, change, asked, new JsonPatch()));
    }

    /// @param more goes into the patch too
    private AdmissionResponse decided(
            AdmissionRequest request, ServiceChange change, AddressRequest asked, JsonPatch more) {
        List<String> warnings = new ArrayList<>();
        ServiceAnnotations.deprecatedIn(change.service())
                .forEach(key -> warnings.add("Service uses deprecated annotation " + key));
        Function<AddressRequest, Decision> question =
                change.dryRun() ? authority::decide : authority::reserve;
        Decision decision = ServiceQuestion.ask(authority, asked, question);
        switch (decision) {
            case Decision.Assigned assigned ->
                    assigned.missing()
                            .ifPresent(why -> warnings.add("one family only: " + why.text()));
            case Decision.Refused refused -> {
                if (ServiceQuestion.isAskedWrongly(refused.reason())) {
                    return Answers.refused(request, refused.reason().text(), warnings);
                }
                warnings.add("the Service waits for an address: " + refused.reason().text());
            }
        }
        return Answers.patched(
                request,
                AnnotationPatch.of(change.service(), annotations(decision)).and(more),
                warnings);
    }

    private static Map<String, String> annotations(Decision decision) {
        if (decision.addresses().isEmpty()) {
            return Map.of();
        }
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(ServiceAnnotations.ADDRESSES, text(decision.addresses()));
        annotations.put(ServiceAnnotations.ALLOCATED_FROM_POOL, decision.pool());
        if (decision instanceof Decision.Assigned assigned
                && assigned.move().orElse(null) instanceof DrainMove.Overlapping moving) {
            annotations.put(ServiceAnnotations.MOVING, MovingText.of(moving));
        }
        return annotations;
    }

    private static String text(List<IpAddress> addresses) {
        return addresses.stream().map(IpAddress::toString).collect(joining(","));
    }
}

package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.admission.ServiceIngress;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.allocation.Pool;
import dev.twinstack.operator.ServiceEvent;
import dev.twinstack.testing.conformance.Fields;
import dev.twinstack.testing.conformance.PoolReading;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Plays one case, or the steps of one sequence, on the code that the reconciler runs.
final class AssignmentCase {

    /// MetalLB warns of what it calls an undecidable family; for us a surplus address is cleared
    /// like any other that may not stay.
    private static final String NO_WARNING = "three addresses in status, family not decidable";

    private final AddressBook book =
            new AddressBook(
                    () -> Instant.EPOCH, Duration.ofSeconds(10), service -> {}, claim -> {});
    private final ServicePass pass =
            new ServicePass(
                    new ServiceReader(""),
                    book,
                    namespace -> Optional.of(Map.of()),
                    () -> Instant.EPOCH);
    private final Map<String, Service> services = new HashMap<>();

    AssignmentCase(List<Fields> pools) {
        book.rehome(pools(pools), List.of(), List.of(), List.of());
    }

    private static List<Pool> pools(List<Fields> pools) {
        return pools.stream().map(PoolReading::pool).toList();
    }

    void play(Fields each) {
        each.remarks("id", "runs_with", "pools_own", "source", "note", "derived", "metallb");
        each.remarks("upstream_flaw", "recommended");
        services.put("test", service(each.raw("service"), "test"));
        look("test", each.object("expect"), each.text("summary", ""));
        each.end();
    }

    void playSteps(Fields sequence) {
        sequence.remarks("id", "source", "derived", "upstream_flaw", "note", "summary");
        sequence.raw("services")
                .properties()
                .forEach(e -> services.put(e.getKey(), service(e.getValue(), e.getKey())));
        boolean configured = false;
        for (Fields step : sequence.objects("steps")) {
            step.remarks("note", "metallb");
            configured |= step.has("pools");
            if (step.has("pools")) {
                book.setPools(pools(step.objects("pools")));
            }
            if (step.has("delete")) {
                Service gone = Objects.requireNonNull(services.remove(step.text("delete")));
                book.release(ServicePass.key(gone));
            }
            // Without a configuration the controller looks at no Service at all.
            if (step.has("service") && configured) {
                look(step.text("service"), step.object("expect"), "");
            }
            step.remarks("expect", "service");
            step.end();
        }
        sequence.end();
    }

    private void look(String name, Fields expect, String summary) {
        // Given
        Service before = Objects.requireNonNull(services.get(name));
        // When
        ServicePass.Result result = pass.look(before);
        // Then
        Service after = result.write().orElse(before);
        services.put(name, after);
        boolean warned =
                result.events().stream().anyMatch(e -> e.type() == ServiceEvent.Type.WARNING);
        if (expect.has("warning_event")) {
            boolean expected = expect.flag("warning_event", false) && !summary.equals(NO_WARNING);
            assertThat(warned).as("warning in %s", result.events()).isEqualTo(expected);
        }
        if (expect.has("ingress") && !keptAgainstMetalLb(before, after, expect)) {
            assertThat(ips(after)).isEqualTo(expect.texts("ingress"));
        }
        if (expect.has("status")) {
            assertThat(expect.text("status")).isEqualTo("unchanged");
            assertThat(ips(after)).isEqualTo(ips(before));
            assertThat(result.write().isPresent()).as("written").isEqualTo(warned);
        }
        // MetalLB looks at every Service again; the steps after this one show who must be.
        expect.remarks("reprocess_all");
        expect.end();
        // Then a second look writes nothing and says nothing
        assertThat(pass.look(after)).isEqualTo(ServicePass.Result.NOTHING);
    }

    /// A failed request for another address takes nothing away (flaw 7 of MetalLB, which ends with
    /// an empty status and a warning).
    private static boolean keptAgainstMetalLb(Service before, Service after, Fields expect) {
        boolean emptied = expect.texts("ingress").isEmpty() && !ips(before).isEmpty();
        boolean asks =
                before.getSpec().getLoadBalancerIP() != null
                        || before.getMetadata().getAnnotations() != null;
        return emptied
                && asks
                && expect.flag("warning_event", false)
                && ips(after).equals(ips(before));
    }

    private static List<String> ips(Service service) {
        return ServiceIngress.entries(service.getStatus()).stream()
                .map(LoadBalancerIngress::getIp)
                .toList();
    }

    private static Service service(JsonNode json, String name) {
        try {
            Service service = new ObjectMapper().treeToValue(json, Service.class);
            if (service.getMetadata() == null) {
                service.setMetadata(new ObjectMeta());
            }
            ObjectMeta metadata = service.getMetadata();
            metadata.setName(name);
            if (metadata.getNamespace() == null) {
                metadata.setNamespace("test");
            }
            return service;
        } catch (JsonProcessingException e) {
            throw new AssertionError("no Service: " + json, e);
        }
    }
}

package dev.twinstack.operator.controller;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.admission.ServiceIngress;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.admission.ServiceReading;
import dev.twinstack.allocation.Drain;
import dev.twinstack.allocation.Drainage;
import dev.twinstack.allocation.Pairing;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolPolicy;
import dev.twinstack.allocation.Retention;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.allocation.WhenFull;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpRange;
import dev.twinstack.operator.ExplainAnswer;
import dev.twinstack.operator.ServiceEvent;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A drain as the Services see it: what is written into them, and that it is all that a restart
/// needs.
class DrainPassTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Pool OLD = pool("lan", "192.0.2.1", "192.0.2.9");
    private static final Pool NEW = pool("lan-new", "198.51.100.1", "198.51.100.9");

    private final Map<String, Service> stored = new HashMap<>();
    private final List<ServiceEvent> events = new ArrayList<>();
    private final List<ServiceKey> woken = new ArrayList<>();
    private final ServiceReader reader = new ServiceReader("");
    private Instant now = START;
    private AddressBook book = book();

    @Test
    void aServiceMovesAndSaysSo() {
        // Given
        book.setPools(List.of(OLD));
        create("web", Map.of());
        drain(Duration.ofMinutes(10));

        // When it has been looked at, and its turn has come
        look("web");
        assertThat(woken).contains(key("web"));
        look("web");

        // Then it has both, and says which goes when
        assertThat(addresses("web")).containsExactly("192.0.2.1", "198.51.100.1");
        assertThat(annotations("web"))
                .containsEntry("twinstack.dev/moving", "192.0.2.1@2026-01-01T12:10:00Z")
                .containsEntry("metallb.io/ip-allocated-from-pool", "lan-new");
        String text =
                "it moves from draining pool lan to pool lan-new: it has 198.51.100.1, and"
                        + " 192.0.2.1 until 2026-01-01T12:10:00Z";
        assertThat(condition("web"))
                .extracting(Condition::getStatus, Condition::getReason, Condition::getMessage)
                .containsExactly("True", "Overlap", text);
        assertThat(events).last().extracting(ServiceEvent::reason).isEqualTo("Moving");
        assertThat(explained("web"))
                .isEqualTo("192.0.2.1 and 198.51.100.1 from pool lan-new; " + text);
        assertThat(look("web")).isFalse();

        // And when the overlap is over, it has the new one alone
        woken.clear();
        now = now.plus(Duration.ofMinutes(10));
        book.expire();
        assertThat(woken).contains(key("web"));
        look("web");
        assertThat(addresses("web")).containsExactly("198.51.100.1");
        assertThat(annotations("web")).doesNotContainKey("twinstack.dev/moving");
        assertThat(stored("web").getStatus().getConditions()).isEmpty();
        assertThat(events).last().extracting(ServiceEvent::reason).isEqualTo("Moved");
        assertThat(look("web")).isFalse();
        assertThat(book.usersOf("lan")).isEmpty();
    }

    @Test
    void aRestartGoesOnWhereTheServicesAre() {
        // Given one on its way, and one that waits
        book.setPools(List.of(OLD));
        create("web", Map.of());
        create("www", Map.of());
        drain(Duration.ofMinutes(10));
        look("web");
        look("www");
        look("web");

        // When everything starts anew, after a part of the overlap
        now = now.plus(Duration.ofMinutes(4));
        book = book();
        book.rehome(
                List.of(draining(Duration.ofMinutes(10)), NEW),
                stored.values().stream().map(this::found).toList(),
                List.of(),
                List.of());

        // Then nothing is written, and the overlap ends as it was said
        assertThat(look("web")).isFalse();
        assertThat(look("www")).isFalse();
        now = now.plus(Duration.ofMinutes(6));
        woken.clear();
        book.expire();
        assertThat(woken).contains(key("web")).doesNotContain(key("www"));
        look("web");
        assertThat(addresses("web")).containsExactly("198.51.100.1");
        look("www");
        assertThat(annotations("www"))
                .containsEntry("twinstack.dev/moving", "192.0.2.2@2026-01-01T12:20:00Z");
    }

    @Test
    void oneThatCantGoSaysWhyOnceAndGoesWhenItCan() {
        // Given a Service that asks for its address
        book.setPools(List.of(OLD));
        create("fixed", Map.of("metallb.io/loadBalancerIPs", "192.0.2.5"));
        drain(Duration.ZERO);
        look("fixed");

        // When its turn has come
        look("fixed");

        // Then it stays, and says why
        String text =
                "the Service stays in draining pool lan: the Service asks for addresses of it, and"
                        + " so can't leave pool lan";
        assertThat(addresses("fixed")).containsExactly("192.0.2.5");
        assertThat(condition("fixed"))
                .extracting(Condition::getStatus, Condition::getReason, Condition::getMessage)
                .containsExactly("False", "AsksForDraining", text);
        assertThat(events)
                .last()
                .isEqualTo(new ServiceEvent("CannotMove", ServiceEvent.Type.WARNING, text));
        assertThat(explained("fixed")).endsWith(text);
        assertThat(look("fixed")).isFalse();
        Drainage.Progress progress = book.drained("lan");
        assertThat(progress.stuck()).containsOnlyKeys(key("fixed"));

        // And goes when it asks for nothing any more
        stored("fixed").getMetadata().getAnnotations().remove("metallb.io/loadBalancerIPs");
        look("fixed");
        assertThat(addresses("fixed")).containsExactly("198.51.100.1");
        assertThat(stored("fixed").getStatus().getConditions()).isEmpty();
    }

    @Test
    void oneForWhomThereWasNoRoomGoesWhenThereIs() {
        // Given a new pool that is full
        Pool one = pool("lan-new", "198.51.100.1", "198.51.100.1");
        book.setPools(List.of(OLD, one));
        create("there", Map.of("metallb.io/address-pool", "lan-new"));
        create("web", Map.of());
        book.setPools(List.of(draining(Duration.ZERO), one));
        look("web");
        look("web");
        assertThat(condition("web")).extracting(Condition::getReason).isEqualTo("PoolExhausted");

        // When room comes free
        woken.clear();
        book.deleted(key("there"));

        // Then it is called
        assertThat(woken).contains(key("web"));
        look("web");
        assertThat(addresses("web")).containsExactly("198.51.100.1");
    }

    /// @return whether something was written
    private boolean look(String name) {
        ServicePass pass =
                new ServicePass(reader, book, namespace -> Optional.of(Map.of()), () -> now);
        ServicePass.Result result = pass.look(stored(name));
        result.write().ifPresent(edited -> stored.put(name, edited));
        events.addAll(result.events());
        return result.write().isPresent();
    }

    private String explained(String name) {
        return ((ExplainAnswer.Found)
                        ServiceReasons.answer(
                                key(name),
                                Optional.of(stored(name)),
                                namespace -> Optional.of(Map.of()),
                                reader,
                                book))
                .explanation()
                .verdict();
    }

    private AddressBook.Found found(Service service) {
        return new AddressBook.Found(
                ServicePass.key(service),
                ServicePass.created(service),
                ServiceIngress.addresses(service),
                Optional.of(((ServiceReading.Asks) reader.stored(service, Map.of())).request()));
    }

    private AddressBook book() {
        return new AddressBook(() -> now, Duration.ofSeconds(10), woken::add, claim -> {});
    }

    private void drain(Duration overlap) {
        book.setPools(List.of(draining(overlap), NEW));
    }

    private static Pool draining(Duration overlap) {
        return OLD.withPolicy(
                new PoolPolicy(
                        List.of(),
                        WhenFull.WAIT,
                        List.of(),
                        Retention.NONE,
                        false,
                        Pairing.NONE,
                        Optional.of(new Drain("lan-new", overlap))));
    }

    private static Pool pool(String name, String first, String last) {
        return Pool.open(name, new IpRange(IpAddress.parse(first), IpAddress.parse(last)));
    }

    private static ServiceKey key(String name) {
        return new ServiceKey("default", name);
    }

    private Service stored(String name) {
        return requireNonNull(stored.get(name));
    }

    private List<String> addresses(String name) {
        return ServiceIngress.texts(stored(name));
    }

    private Map<String, String> annotations(String name) {
        return stored(name).getMetadata().getAnnotations();
    }

    private Condition condition(String name) {
        return stored(name).getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("twinstack.dev/Moving"))
                .findFirst()
                .orElseThrow();
    }

    private void create(String name, Map<String, String> annotations) {
        stored.put(
                name,
                new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .withAnnotations(new HashMap<>(annotations))
                        .withCreationTimestamp("2026-01-01T00:00:0%dZ".formatted(stored.size()))
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .withIpFamilyPolicy("SingleStack")
                        .withIpFamilies("IPv4")
                        .withClusterIP("10.0.0.9")
                        .withClusterIPs("10.0.0.9")
                        .addNewPort()
                        .withPort(80)
                        .withProtocol("TCP")
                        .endPort()
                        .endSpec()
                        .build());
        look(name);
    }
}

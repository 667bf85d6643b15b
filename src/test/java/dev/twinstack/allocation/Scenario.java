package dev.twinstack.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.testing.conformance.Fields;
import dev.twinstack.testing.conformance.PoolReading;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Plays one scenario of `allocator.json` or `allocator_derived.json` on one allocator.
///
/// MetalLB's allocator knows a Service by any key, ours by namespace and name: when a scenario lets
/// a Service change its namespace, what it holds moves with it.
final class Scenario {

    private static final String NAMESPACE = "test";

    private final Allocator allocator = new Allocator();
    private final Map<String, ServiceKey> keys = new HashMap<>();

    void play(Fields scenario) {
        scenario.remarks(
                "id",
                "source",
                "summary",
                "crd_expressible",
                "upstream_flaw",
                "recommended",
                "derived",
                "note");
        allocator.setPools(pools(scenario));
        for (Fields step : scenario.objects("steps")) {
            try {
                play(step.text("op"), step);
            } catch (AssertionError e) {
                throw new AssertionError(step + ": " + e.getMessage(), e);
            }
        }
        scenario.end();
    }

    private static List<Pool> pools(Fields fields) {
        return fields.objects("pools").stream().map(PoolReading::pool).toList();
    }

    private void play(String op, Fields step) {
        step.remarks("n", "metallb", "note");
        switch (op) {
            case "assign" -> request(step, "request");
            case "from_pool" -> request(step, "pool");
            case "auto" -> request(step, "");
            case "release" -> {
                ServiceKey key = keys.remove(step.text("service"));
                if (key != null) {
                    allocator.release(key);
                }
                step.ifPresent("expect", this::checkState);
            }
            case "set_pools" -> {
                allocator.setPools(pools(step));
                step.ifPresent("expect", this::checkState);
            }
            default -> throw new AssertionError("unknown op " + op);
        }
        step.end();
    }

    private void checkState(Fields expect) {
        expect.remarks("ok", "because");
        for (String field : List.of("pool_of", "owners")) {
            expect.map(field)
                    .forEach((service, pool) ->
                            assertThat(allocator.holding(key(service)).pool())
                                    .as("pool of " + service)
                                    .isEqualTo(pool));
        }
        expect.ifPresent("counters", counters -> Counters.check(allocator, counters));
        expect.end();
    }

    private void request(Fields step, String asks) {
        AddressRequest request = read(step, asks);
        List<IpAddress> before = request.held();
        // When
        Decision decision = allocator.decide(request);
        if (decision instanceof Decision.Assigned) {
            allocator.commit(decision);
        }
        // Then
        Fields expect = step.object("expect");
        List<IpAddress> now = allocator.holding(request.service()).addresses();
        if (expect.flag("ok", true)) {
            assertThat(decision).isInstanceOf(Decision.Assigned.class);
            assertThat(now).isEqualTo(decision.addresses());
            checkAddresses(expect, now);
        } else {
            assertThat(decision).isInstanceOf(Decision.Refused.class);
            assertThat(now).isEqualTo(before);
            checkRefusal(expect, ((Decision.Refused) decision).reason());
            if (expect.has("keeps")) {
                assertThat(now).isEqualTo(addresses(expect, "keeps"));
            }
        }
        checkState(expect);
        // Then a second look changes nothing
        if (decision instanceof Decision.Assigned) {
            assertThat(allocator.decide(request.withHeld(now)).addresses()).isEqualTo(now);
        }
    }

    private static void checkAddresses(Fields expect, List<IpAddress> now) {
        assertThat(expect.has("ips") || expect.has("within")).as("something expected").isTrue();
        if (expect.has("ips")) {
            assertThat(now).isEqualTo(addresses(expect, "ips"));
        }
        if (expect.has("within")) {
            assertThat(addresses(expect, "within")).containsAll(now);
        }
        if (expect.has("families")) {
            assertThat(now)
                    .extracting(address -> address.family().toString().toLowerCase(Locale.ROOT))
                    .containsExactlyInAnyOrderElementsOf(expect.texts("families"));
        }
    }

    private static void checkRefusal(Fields expect, Refusal refusal) {
        assertThat(refusal.text()).isNotBlank();
        switch (expect.text("because", "")) {
            case "conflict" -> assertThat(refusal).isInstanceOf(Refusal.AddressTaken.class);
            case "not allowed" -> assertThat(refusal).isInstanceOf(Refusal.NotInPool.class);
            case "incompatible" -> assertThat(refusal).isInstanceOf(Refusal.NotForService.class);
            case "family" -> assertThat(refusal).isInstanceOf(Refusal.FamiliesDoNotFit.class);
            case "unknown pool" -> assertThat(refusal).isInstanceOf(Refusal.UnknownPool.class);
            case "no available IPs" ->
                    assertThat(refusal).isNotInstanceOf(Refusal.FamiliesDoNotFit.class);
            default -> {
                // The table names a rule only where it is of interest.
            }
        }
    }

    private AddressRequest read(Fields step, String asks) {
        String name = step.text("service");
        Fields svc = step.objectOrEmpty("svc");
        String namespace = svc.text("namespace", NAMESPACE);
        ServiceKey key = moveTo(new ServiceKey(namespace, name));
        List<IpAddress> wanted = step.has("request") ? addresses(step, "request") : List.of();
        AddressRequest request =
                AddressRequest.of(key, policy(svc), families(step, svc, wanted))
                        .withSharing(sharing(step))
                        .withHeld(allocator.holding(key).addresses())
                        .withWanted(wanted)
                        .withLabels(
                                Map.of("kubernetes.io/metadata.name", namespace),
                                svc.map("labels"));
        svc.end();
        assertThat(asks.isEmpty() || step.has(asks)).as(asks).isTrue();
        return step.has("pool") ? request.withPool(step.text("pool")) : request;
    }

    private ServiceKey key(String service) {
        return keys.getOrDefault(service, new ServiceKey(NAMESPACE, service));
    }

    private ServiceKey moveTo(ServiceKey key) {
        ServiceKey before = keys.put(key.name(), key);
        if (before != null && !before.equals(key)) {
            Holding holding = allocator.holding(before);
            allocator.release(before);
            allocator.adopt(key, holding.addresses(), holding.sharing());
        }
        return key;
    }

    private static FamilyPolicy policy(Fields svc) {
        return !svc.has("ipFamilyPolicy")
                ? FamilyPolicy.SINGLE_STACK
                : FamilyPolicy.parse(svc.text("ipFamilyPolicy"));
    }

    private static IpFamily[] families(Fields step, Fields svc, List<IpAddress> wanted) {
        boolean ipv6First = svc.texts("ipFamilies").indexOf("IPv6") == 0;
        return switch (step.text("family", "as wanted")) {
            case "ipv4" -> new IpFamily[] {IpFamily.IPV4};
            case "ipv6" -> new IpFamily[] {IpFamily.IPV6};
            case "dual" ->
                    ipv6First ? new IpFamily[] {IpFamily.IPV6, IpFamily.IPV4} : IpFamily.values();
            case "as wanted" -> families(wanted);
            case String other -> throw new AssertionError("unknown family " + other);
        };
    }

    private static IpFamily[] families(List<IpAddress> wanted) {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        wanted.forEach(address -> families.add(address.family()));
        return families.toArray(IpFamily[]::new);
    }

    private static Sharing sharing(Fields step) {
        Set<PortKey> ports =
                step.texts("ports").stream()
                        .map(text -> text.split("/", 2))
                        .map(parts ->
                                new PortKey(
                                        parts[0].toUpperCase(Locale.ROOT),
                                        Integer.parseInt(parts[1])))
                        .collect(Collectors.toSet());
        return new Sharing(step.text("sharingKey", ""), ports, step.text("backend", ""));
    }

    private static List<IpAddress> addresses(Fields fields, String field) {
        return fields.texts(field).stream().map(IpAddress::parse).toList();
    }
}

package dev.twinstack.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final ServiceKey WEB = new ServiceKey("shop", "web");

    private final Allocator allocator = new Allocator();

    @Test
    void poolsAreExplainedInTheOrderInWhichTheyAreTried() {
        allocator.setPools(
                List.of(
                        pool("zulu", "192.0.2.0/30", true, scope(1, "shop")),
                        pool("bound", "192.0.2.4/30", true, scope(0, "shop")),
                        pool("open", "192.0.2.8/30", true, null),
                        pool("manual", "192.0.2.12/30", false, null),
                        pool("others", "192.0.2.16/30", true, scope(1, "bank"))));

        Explanation explanation = allocator.explain(request());

        assertThat(explanation.pools())
                .extracting(PoolVerdict::pool, PoolVerdict::order, PoolVerdict::fits)
                .containsExactly(
                        tuple("zulu", 1, true),
                        tuple("bound", 2, true),
                        tuple("open", 3, true),
                        tuple("manual", 0, false),
                        tuple("others", 0, false));
        assertThat(why(explanation, "manual"))
                .isEqualTo("pool manual is given only on request (autoAssign is false)");
        assertThat(why(explanation, "others"))
                .isEqualTo("pool others is not for namespace shop (only for bank)");
        assertThat(explanation.decision().addresses())
                .containsExactly(IpAddress.parse("192.0.2.0"));
    }

    @Test
    void reasonIsTheOneOfTheDecision() {
        allocator.setPools(List.of(pool("lan", "192.0.2.7/32", true, null)));
        take("other", "192.0.2.7");

        Explanation explanation = allocator.explain(request());

        assertThat(why(explanation, "lan"))
                .isEqualTo("pool lan is exhausted (0 of 1 IPv4 free)")
                .isEqualTo(((Decision.Refused) explanation.decision()).reason().text());
    }

    @Test
    void wantedAddressIsLookedForWhereItIs() {
        allocator.setPools(
                List.of(
                        pool("lan", "192.0.2.0/30", true, null),
                        pool("wan", "198.51.100.0/30", true, null)));
        take("other", "198.51.100.1");

        Explanation explanation =
                allocator.explain(request().withWanted(List.of(IpAddress.parse("198.51.100.1"))));

        assertThat(explanation.pools().getFirst().pool()).isEqualTo("wan");
        assertThat(why(explanation, "wan"))
                .isEqualTo("address 198.51.100.1 is taken: shop/other does not share it");
        assertThat(why(explanation, "lan")).contains("198.51.100.1");
    }

    @Test
    void namedPoolIsTheOnlyOneTried() {
        allocator.setPools(
                List.of(
                        pool("lan", "192.0.2.0/30", true, null),
                        pool("wan", "198.51.100.0/30", true, null)));

        Explanation explanation = allocator.explain(request().withPool("wan"));

        assertThat(explanation.pools()).extracting(PoolVerdict::order).containsExactly(1, 0);
        assertThat(why(explanation, "lan"))
                .isEqualTo("pool lan is not the one that the Service names (wan)");
    }

    @Test
    void whatTheServiceHoldsFitsWhereItIs() {
        allocator.setPools(
                List.of(
                        pool("lan", "192.0.2.7/32", true, null),
                        pool("wan", "198.51.100.0/30", true, null)));
        take("web", "192.0.2.7");

        Explanation explanation =
                allocator.explain(request().withHeld(List.of(IpAddress.parse("192.0.2.7"))));

        assertThat(explanation.held().pool()).isEqualTo("lan");
        assertThat(explanation.pools().getFirst().addresses())
                .containsExactly(IpAddress.parse("192.0.2.7"));
    }

    @Test
    void promiseOfAdmissionIsShown() {
        allocator.setPools(List.of(pool("lan", "192.0.2.7/32", true, null)));
        allocator.reserve(
                (Decision.Assigned) allocator.decide(request()), Instant.EPOCH.plusSeconds(10));

        Explanation explanation = allocator.explain(request());

        assertThat(explanation.reserved().addresses())
                .containsExactly(IpAddress.parse("192.0.2.7"));
        assertThat(explanation.pools().getFirst().fits()).isTrue();
    }

    @Test
    void explainingChangesNothing() {
        allocator.setPools(List.of(pool("lan", "192.0.2.0/30", true, null)));

        allocator.explain(request());

        assertThat(allocator.holdings()).isEmpty();
        assertThat(allocator.usage("lan").orElseThrow().ipv4().free()).isEqualTo(4);
    }

    private static AddressRequest request() {
        return AddressRequest.of(WEB, FamilyPolicy.SINGLE_STACK, IpFamily.IPV4);
    }

    private void take(String name, String address) {
        allocator.adopt(
                new ServiceKey("shop", name), List.of(IpAddress.parse(address)), Sharing.NONE);
    }

    private static String why(Explanation explanation, String pool) {
        return explanation.pools().stream()
                .filter(verdict -> verdict.pool().equals(pool))
                .findFirst()
                .flatMap(PoolVerdict::why)
                .map(Refusal::text)
                .orElseThrow();
    }

    private static Pool pool(String name, String prefix, boolean auto, PoolScope scope) {
        IpRange range = IpPrefix.parse(prefix).range();
        return new Pool(name, List.of(range), auto, false, Optional.ofNullable(scope));
    }

    private static PoolScope scope(int priority, String namespace) {
        return new PoolScope(priority, Set.of(namespace), List.of(), List.of());
    }
}

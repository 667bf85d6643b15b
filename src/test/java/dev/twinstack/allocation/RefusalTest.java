package dev.twinstack.allocation;

import static dev.twinstack.allocation.TestRequests.addresses;
import static dev.twinstack.allocation.TestRequests.allocator;
import static dev.twinstack.allocation.TestRequests.give;
import static dev.twinstack.allocation.TestRequests.ipv4;
import static dev.twinstack.allocation.TestRequests.key;
import static dev.twinstack.allocation.TestRequests.needsBoth;
import static dev.twinstack.allocation.TestRequests.pool;
import static dev.twinstack.allocation.TestRequests.prefersBoth;
import static dev.twinstack.allocation.TestRequests.shared;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.selector.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The exact words of a refusal, and whether it may pass.
class RefusalTest {

    @Test
    void aFullPoolSaysHowManyAreFree() {
        Allocator allocator = allocator(pool("lan", "192.168.1.0/32"));
        give(allocator, ipv4("a"));

        assertLater(allocator.decide(ipv4("b")), "pool lan is exhausted (0 of 1 IPv4 free)");
    }

    @Test
    void aFullPoolSaysWhatIsOnlyReserved() {
        Allocator allocator = allocator(pool("lan", "192.168.1.0/31"));
        give(allocator, ipv4("a"));
        allocator.reserve(
                (Decision.Assigned) allocator.decide(ipv4("b")), Instant.EPOCH.plusSeconds(10));

        assertLater(
                allocator.decide(ipv4("c")),
                "pool lan is exhausted (0 of 2 IPv4 free; 1 reserved)");
    }

    @Test
    void everyPoolSaysWhyNotIt() {
        Pool manual =
                new Pool(
                        "manual",
                        List.of(IpPrefix.parse("10.0.1.0/24").range()),
                        false,
                        false,
                        Optional.empty());
        Pool bound =
                new Pool(
                        "bound",
                        List.of(IpPrefix.parse("10.0.2.0/24").range()),
                        true,
                        false,
                        Optional.of(new PoolScope(0, Set.of("shop"), List.of(), List.of())));
        Pool labelled =
                new Pool(
                        "labelled",
                        List.of(IpPrefix.parse("10.0.3.0/24").range()),
                        true,
                        false,
                        Optional.of(
                                new PoolScope(
                                        0,
                                        Set.of(),
                                        List.of(),
                                        List.of(
                                                new LabelSelector(
                                                        Map.of("app", "web"), List.of())))));
        Allocator allocator =
                allocator(
                        manual,
                        bound,
                        labelled,
                        pool("lan", "10.0.0.0/32"),
                        pool("six", "2001:db8::/64"));
        give(allocator, ipv4("a"));

        assertLater(
                allocator.decide(ipv4("b")),
                "no pool can serve it: pool lan is exhausted (0 of 1 IPv4 free); "
                        + "pool bound is not for namespace demo (only for shop); "
                        + "pool labelled is not for Services with these labels; "
                        + "pool manual is given only on request (autoAssign is false); "
                        + "pool six has no IPv4 addresses");
    }

    @Test
    void anAddressOutsideThePools() {
        Allocator allocator = allocator(pool("lan", "10.0.0.0/30"), pool("six", "2001:db8::/126"));

        assertForGood(
                allocator.decide(ipv4("a").withWanted(addresses("10.0.0.9"))),
                "address 10.0.0.9 is in no pool");
        assertForGood(
                allocator.decide(ipv4("a").withWanted(addresses("10.0.0.9")).withPool("lan")),
                "address 10.0.0.9 is not in pool lan (10.0.0.0-10.0.0.3)");
        assertForGood(
                allocator.decide(ipv4("a").withWanted(addresses("10.0.0.1")).withPool("six")),
                "address 10.0.0.1 is not in pool six, which has no IPv4 addresses");
        assertForGood(
                allocator.decide(needsBoth("a").withWanted(addresses("10.0.0.1", "2001:db8::1"))),
                "addresses 10.0.0.1 (pool lan) and 2001:db8::1 (pool six) must be from one pool");
    }

    @Test
    void anAddressThatItsPoolAvoids() {
        Pool careful =
                new Pool(
                        "lan",
                        List.of(IpPrefix.parse("10.0.0.0/24").range()),
                        true,
                        true,
                        Optional.empty());

        assertForGood(
                allocator(careful).decide(ipv4("a").withWanted(addresses("10.0.0.255"))),
                "address 10.0.0.255 is not used: pool lan avoids those that end in .0 or .255"
                        + " (avoidBuggyIPs)");
    }

    @Test
    void aTakenAddressSaysByWhomAndWhyItCantBeShared() {
        Allocator allocator = allocator(pool("lan", "10.0.0.0/31"));
        give(allocator, ipv4("alone").withWanted(addresses("10.0.0.0")));
        give(allocator, ipv4("web").withWanted(addresses("10.0.0.1")).withSharing(shared("k", 80)));

        assertLater(
                allocator.decide(ipv4("b").withWanted(addresses("10.0.0.0"))),
                "address 10.0.0.0 is taken: demo/alone does not share it");
        AddressRequest wantsShared = ipv4("b").withWanted(addresses("10.0.0.1"));
        assertLater(
                allocator.decide(wantsShared),
                "address 10.0.0.1 is taken: demo/web shares it under key \"k\", this Service names"
                        + " no sharing key");
        assertLater(
                allocator.decide(wantsShared.withSharing(shared("l", 81))),
                "address 10.0.0.1 is taken: demo/web shares it under key \"k\", not \"l\"");
        assertLater(
                allocator.decide(wantsShared.withSharing(shared("k", 80))),
                "address 10.0.0.1 is taken: port TCP/80 is used by demo/web");
        assertLater(
                allocator.decide(
                        wantsShared.withSharing(
                                new Sharing("k", Set.of(new PortKey("TCP", 81)), "app=x"))),
                "address 10.0.0.1 is taken: demo/web has another externalTrafficPolicy or, with"
                        + " Local, another Pod selector");
        assertLater(
                allocator.decide(ipv4("b").withSharing(shared("k", 80))),
                "pool lan is exhausted (0 of 2 IPv4 free; address 10.0.0.1 is taken: port TCP/80"
                        + " is used by demo/web)");
    }

    @Test
    void aPoolThatIsNotThereOrNotForTheService() {
        Allocator allocator = allocator(pool("lan", "10.0.0.0/31"), pool("wan", "10.1.0.0/31"));

        assertForGood(
                allocator.decide(ipv4("a").withPool("lam")),
                "pool lam does not exist (there is: lan, wan)");
        assertForGood(
                allocator.decide(needsBoth("a").withPool("lan")), "pool lan has no IPv6 addresses");
        assertForGood(allocator().decide(ipv4("a")), "there is no address pool");
    }

    @Test
    void familiesThatDoNotFit() {
        Allocator allocator = allocator(pool("lan", "10.0.0.0/24", "2001:db8::/64"));

        assertForGood(
                allocator.decide(prefersBoth("a").withWanted(addresses("10.0.0.1"))),
                "the Service asks for 10.0.0.1, but its cluster IPs are IPv4 and IPv6");
        assertForGood(
                allocator.decide(ipv4("a").withWanted(addresses("10.0.0.1", "10.0.0.2"))),
                "a Service has at most one address of each family, but asks for 10.0.0.1 and"
                        + " 10.0.0.2");
        assertForGood(
                allocator.decide(
                        AddressRequest.of(
                                key("a"), FamilyPolicy.REQUIRE_DUAL_STACK, IpFamily.IPV6)),
                "RequireDualStack needs cluster IPs of both families, the Service has only IPv6");
    }

    private static void assertLater(Decision decision, String text) {
        assertRefused(decision, text, false);
    }

    private static void assertForGood(Decision decision, String text) {
        assertRefused(decision, text, true);
        assertThat(decision.waitsFor()).isEmpty();
    }

    private static void assertRefused(Decision decision, String text, boolean permanent) {
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        Refusal reason = ((Decision.Refused) decision).reason();
        assertThat(reason.text()).isEqualTo(text);
        assertThat(reason.permanent()).isEqualTo(permanent);
    }
}

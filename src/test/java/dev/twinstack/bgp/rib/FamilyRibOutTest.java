package dev.twinstack.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A family that a session stops carrying while the peer does not read.
class FamilyRibOutTest {

    private static final IpFamily FAMILY = IpFamily.IPV4;
    private static final IpPrefix STAYS = IpPrefix.parse("192.0.2.1/32");
    private static final IpPrefix GOES = IpPrefix.parse("192.0.2.2/32");
    private static final Batch END = new Batch.EndOfRib(FAMILY);
    private static final int ALL = 100;

    private final FamilyRibOut rib = new FamilyRibOut(FAMILY);

    @BeforeEach
    void thePeerHasBoth() {
        rib.open();
        rib.announce(STAYS, RouteAttributes.NONE);
        rib.announce(GOES, RouteAttributes.NONE);
        rib.take(ALL, _ -> true);
    }

    @Test
    void whatIsWantedOnceMoreMeanwhileIsStillWithdrawn() {
        rib.suspend("no next hop");

        rib.announce(STAYS, RouteAttributes.NONE);

        assertThat(rib.take(ALL, _ -> true))
                .singleElement()
                .isInstanceOfSatisfying(
                        Batch.Withdraw.class,
                        batch ->
                                assertThat(batch.prefixes())
                                        .containsExactlyInAnyOrder(STAYS, GOES));
    }

    @Test
    void whatIsNotWantedAnyMoreGoesThoughTheFamilyIsBackBeforeTheWithdrawals() {
        rib.suspend("no next hop");
        rib.withdraw(GOES);

        rib.resume();

        assertThat(rib.take(ALL, _ -> true)).containsExactly(withdraw(GOES), announce(STAYS), END);
    }

    @Test
    void whatWasGivenUpBeforeTheFamilyIsSuspendedGoesToo() {
        rib.withdraw(GOES);
        rib.suspend("no next hop");

        rib.resume();

        assertThat(rib.take(ALL, _ -> true)).containsExactly(withdraw(GOES), announce(STAYS), END);
    }

    @Test
    void afterTheWithdrawalsAreOutOnlyWhatIsWantedIsSaid() {
        rib.suspend("no next hop");
        rib.withdraw(GOES);
        rib.take(ALL, _ -> true);

        rib.resume();

        assertThat(rib.take(ALL, _ -> true)).containsExactly(announce(STAYS), END);
    }

    private static Batch withdraw(IpPrefix prefix) {
        return new Batch.Withdraw(FAMILY, List.of(prefix));
    }

    private static Batch announce(IpPrefix prefix) {
        return new Batch.Announce(FAMILY, RouteAttributes.NONE, List.of(prefix));
    }
}

package dev.twinstack.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpPrefix;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    private static final ServiceKey WEB = new ServiceKey("shop", "web");
    private static final ServiceKey MAIL = new ServiceKey("shop", "mail");
    private static final IpPrefix HOST = IpPrefix.parse("192.0.2.7/32");
    private static final IpPrefix HOST_V6 = IpPrefix.parse("2001:db8::7/128");
    private static final IpPrefix NET = IpPrefix.parse("192.0.2.0/24");
    private static final RouteAttributes PLAIN = RouteAttributes.NONE;

    private final RouteTable table = new RouteTable();

    @Test
    void aServiceAnnouncesItsPrefixesAndTakesThemBack() {
        table.put(WEB, Map.of("tor", Map.of(HOST, PLAIN, HOST_V6, PLAIN)));

        assertThat(table.takeChanges())
                .containsExactly(
                        Map.entry(
                                "tor",
                                new RouteChanges(Map.of(HOST, PLAIN, HOST_V6, PLAIN), Set.of())));

        table.remove(WEB);

        assertThat(table.takeChanges())
                .containsExactly(
                        Map.entry("tor", new RouteChanges(Map.of(), Set.of(HOST, HOST_V6))));
        assertThat(table.routes("tor")).isEmpty();
    }

    @Test
    void aSecondLookAtTheSameServiceChangesNothing() {
        table.put(WEB, Map.of("tor", Map.of(HOST, PLAIN)));
        table.takeChanges();

        table.put(WEB, Map.of("tor", Map.of(HOST, attributes(OptionalLong.empty()))));

        assertThat(table.takeChanges()).isEmpty();
    }

    @Test
    void aPrefixGoesOnlyWithItsLastService() {
        table.put(WEB, Map.of("tor", Map.of(NET, PLAIN)));
        table.put(MAIL, Map.of("tor", Map.of(NET, PLAIN)));
        table.takeChanges();

        table.remove(WEB);

        assertThat(table.takeChanges()).isEmpty();
        assertThat(table.services("tor", NET)).containsExactly(MAIL);

        table.remove(MAIL);

        assertThat(table.takeChanges())
                .containsExactly(Map.entry("tor", new RouteChanges(Map.of(), Set.of(NET))));
    }

    @Test
    void aServiceTouchesOnlyItsOwnPrefixes() {
        for (int host = 0; host < 200; host++) {
            table.put(
                    new ServiceKey("load", "s" + host),
                    Map.of("tor", Map.of(IpPrefix.parse("198.51.100." + host + "/32"), PLAIN)));
        }
        table.takeChanges();

        table.put(WEB, Map.of("tor", Map.of(HOST, PLAIN)));

        assertThat(table.takeChanges())
                .containsExactly(Map.entry("tor", new RouteChanges(Map.of(HOST, PLAIN), Set.of())));
    }

    @Test
    void communitiesOfAllServicesAreUnitedAndThePreferenceIsTheFirstOnes() {
        table.put(WEB, Map.of("tor", Map.of(NET, attributes(OptionalLong.of(200), "64500:2"))));
        table.put(MAIL, Map.of("tor", Map.of(NET, attributes(OptionalLong.of(100), "64500:1"))));

        assertThat(table.routes("tor"))
                .containsExactly(
                        Map.entry(NET, attributes(OptionalLong.of(100), "64500:1", "64500:2")));

        table.takeChanges();
        table.remove(MAIL);

        assertThat(table.takeChanges())
                .containsExactly(
                        Map.entry(
                                "tor",
                                new RouteChanges(
                                        Map.of(NET, attributes(OptionalLong.of(200), "64500:2")),
                                        Set.of())));
    }

    @Test
    void whatIsChangedBackInBetweenIsNoChange() {
        table.put(WEB, Map.of("tor", Map.of(HOST, PLAIN)));
        table.takeChanges();

        table.remove(WEB);
        table.put(MAIL, Map.of("tor", Map.of(HOST, PLAIN)));

        assertThat(table.takeChanges()).isEmpty();

        table.put(WEB, Map.of("tor", Map.of(HOST_V6, PLAIN)));
        table.remove(WEB);

        assertThat(table.takeChanges()).isEmpty();
    }

    /// Whether a message holds them all is the session's business.
    @Test
    void communitiesAddUpToAnyNumber() {
        table.put(WEB, Map.of("tor", Map.of(NET, communities(0, 700))));
        table.put(MAIL, Map.of("tor", Map.of(NET, communities(700, 1400))));

        assertThat(table.takeChanges())
                .containsExactly(
                        Map.entry(
                                "tor",
                                new RouteChanges(Map.of(NET, communities(0, 1400)), Set.of())));
    }

    @Test
    void peersAreToldApart() {
        table.put(WEB, Map.of("a", Map.of(HOST, PLAIN), "b", Map.of(HOST, PLAIN)));
        table.takeChanges();

        table.put(WEB, Map.of("b", Map.of(HOST, PLAIN)));

        assertThat(table.takeChanges())
                .containsExactly(Map.entry("a", new RouteChanges(Map.of(), Set.of(HOST))));
        assertThat(table.routes("b")).containsOnlyKeys(HOST);
    }

    private static RouteAttributes communities(int from, int to) {
        return attributes(
                OptionalLong.empty(),
                IntStream.range(from, to).mapToObj(i -> "64512:" + i).toArray(String[]::new));
    }

    private static RouteAttributes attributes(OptionalLong localPref, String... communities) {
        SortedSet<Community> parsed = new TreeSet<>();
        for (String community : List.of(communities)) {
            parsed.add(Community.parse(community));
        }
        return new RouteAttributes(localPref, parsed, new TreeSet<>());
    }
}

package dev.twinstack.bgp.peer;

import static dev.twinstack.net.IpFamily.IPV4;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.FamilyStatus;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.bgp.testing.SessionHarness;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A route whose advertisements add up to more communities than an UPDATE holds.
class TooManyCommunitiesTest {

    private static final IpPrefix LONG = IpPrefix.parse("192.0.2.80/32");
    private static final IpPrefix OTHER = IpPrefix.parse("192.0.2.81/32");
    private static final RouteAttributes TOO_MANY = communities(1100);
    private static final FamilyStatus WITHHELD =
            new FamilyStatus(
                    1, 0, 1, Optional.of("too many communities for one UPDATE"), Set.of(LONG));
    private static final FamilyStatus BOTH_SENT = new FamilyStatus(2, 0, 0, Optional.empty());

    private final SessionHarness harness =
            new SessionHarness(
                    PeerSettings.builder("peer", IpAddress.parse("10.9.0.2"))
                            .localAsn(new Asn(64512))
                            .peerAsn(PeerAsn.exactly(64600))
                            .routerId(IpAddress.parse("10.9.0.1"))
                            .build(),
                    new Asn(64600));

    @Test
    void isWithheldAndTheOthersAreSent() {
        // Given
        change(Map.of(LONG, TOO_MANY, OTHER, RouteAttributes.NONE));

        // When
        Link link = harness.established();

        // Then
        assertThat(prefixes(link)).containsExactly("+" + OTHER);
        assertThat(harness.session.isEstablished()).isTrue();
        assertThat(status()).isEqualTo(WITHHELD);
        assertThat(status().obstacle(LONG)).isPresent();
        assertThat(status().obstacle(OTHER)).isEmpty();
    }

    @Test
    void isWithdrawnWhereThePeerHasItFromBefore() {
        // Given
        change(Map.of(LONG, RouteAttributes.NONE, OTHER, RouteAttributes.NONE));
        Link link = harness.established();
        harness.sent(link);

        // When
        change(Map.of(LONG, TOO_MANY));

        // Then
        assertThat(prefixes(link)).containsExactly("-" + LONG);
        assertThat(status()).isEqualTo(WITHHELD);
    }

    @Test
    void isSentWhenItFits() {
        // Given
        change(Map.of(LONG, TOO_MANY, OTHER, RouteAttributes.NONE));
        Link link = harness.established();
        harness.sent(link);

        // When
        change(Map.of(LONG, communities(750)));

        // Then
        assertThat(prefixes(link)).containsExactly("+" + LONG);
        assertThat(status()).isEqualTo(BOTH_SENT);
    }

    @Test
    void isNotCountedWhenNobodyWantsItAnyMore() {
        // Given
        change(Map.of(LONG, TOO_MANY, OTHER, RouteAttributes.NONE));
        Link link = harness.established();
        harness.sent(link);

        // When
        harness.session.change(Map.of(), Set.of(LONG));
        harness.session.sendRoutes();

        // Then
        assertThat(prefixes(link)).isEmpty();
        assertThat(status()).isEqualTo(new FamilyStatus(1, 0, 0, Optional.empty()));
    }

    private void change(Map<IpPrefix, RouteAttributes> changed) {
        harness.session.change(changed, Set.of());
        harness.session.sendRoutes();
    }

    private FamilyStatus status() {
        return Optional.ofNullable(harness.session.status().families().get(IPV4)).orElseThrow();
    }

    private List<String> prefixes(Link link) {
        return harness.sent(link).stream()
                .filter(UpdateMessage.class::isInstance)
                .map(UpdateMessage.class::cast)
                .<String>mapMulti((update, to) -> {
                    update.withdrawn().forEach(nlri -> to.accept("-" + nlri.prefix()));
                    update.announced().forEach(nlri -> to.accept("+" + nlri.prefix()));
                })
                .toList();
    }

    private static RouteAttributes communities(int count) {
        return new RouteAttributes(
                OptionalLong.empty(),
                IntStream.range(0, count)
                        .mapToObj(i -> Community.of(64512, i))
                        .collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>());
    }
}

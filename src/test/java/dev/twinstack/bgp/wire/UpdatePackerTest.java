package dev.twinstack.bgp.wire;

import static dev.twinstack.bgp.wire.Updates.EXTERNAL_ROUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdatePackerTest {

    private static final WireOptions OPTIONS = WireOptions.EXTERNAL;
    private static final UpdatePacker PACKER = new UpdatePacker(OPTIONS);

    /// The ceilings are those of 4096 octets with ORIGIN, one AS and the next hop.
    @ParameterizedTest
    @CsvSource({
        "IPV4, 1, 1", "IPV4, 810, 1", "IPV4, 811, 2", "IPV4, 100000, 124",
        "IPV6, 1, 1", "IPV6, 237, 1", "IPV6, 238, 2", "IPV6, 100000, 422"
    })
    void announcesWithAsFewMessagesAsPossible(IpFamily family, int prefixes, int messages) {
        List<Nlri> hosts = Updates.hosts(family, prefixes);

        List<UpdateMessage> updates = announce(PACKER, family, hosts);

        assertThat(updates).hasSize(messages);
        assertThat(announcedAfterTheWire(updates, OPTIONS)).isEqualTo(hosts);
    }

    @ParameterizedTest
    @CsvSource({"IPV4, 814, 1", "IPV4, 815, 2", "IPV6, 239, 1", "IPV6, 240, 2"})
    void withdrawsWithAsFewMessagesAsPossible(IpFamily family, int prefixes, int messages) {
        List<Nlri> hosts = Updates.hosts(family, prefixes);

        List<UpdateMessage> updates = PACKER.withdraw(AddressFamily.unicast(family), hosts);

        assertThat(updates).hasSize(messages);
        List<Nlri> withdrawn = new ArrayList<>();
        for (UpdateMessage update : updates) {
            UpdateMessage read = afterTheWire(update, OPTIONS);
            withdrawn.addAll(read.withdrawn());
            read.attribute(MpUnreach.class).ifPresent(mp -> withdrawn.addAll(mp.withdrawn()));
            assertThat(read.announced()).isEmpty();
            assertThat(read.attribute(MpReach.class)).isEmpty();
        }
        assertThat(withdrawn).isEqualTo(hosts);
    }

    @Test
    void usesTheLongMessagesOfRfc8654WhereNegotiated() {
        WireOptions extended = OPTIONS.withMaxLength(WireOptions.EXTENDED_LENGTH);
        List<Nlri> hosts = Updates.hosts(IpFamily.IPV4, 20_000);

        List<UpdateMessage> updates = announce(new UpdatePacker(extended), IpFamily.IPV4, hosts);

        assertThat(updates).hasSize(2);
        assertThat(announcedAfterTheWire(updates, extended)).isEqualTo(hosts);
    }

    @Test
    void multiprotocolAttributeStandsFirstAndWithoutClassicPrefixes() {
        UpdateMessage update =
                announce(PACKER, IpFamily.IPV6, Updates.hosts(IpFamily.IPV6, 2)).getFirst();

        assertThat(update.announced()).isEmpty();
        assertThat(afterTheWire(update, OPTIONS).attributes().getFirst())
                .isInstanceOf(MpReach.class);
        assertThat(update.attribute(NextHop.class)).isEmpty();
    }

    @Test
    void ipv4WithAnIpv6NextHopGoesAsMultiprotocol() {
        List<IpAddress> nextHops = List.of(Updates.ROUTER_V6, IpAddress.parse("fe80::2"));
        List<Nlri> hosts = Updates.hosts(IpFamily.IPV4, 3);

        List<UpdateMessage> updates =
                PACKER.announce(AddressFamily.IPV4_UNICAST, nextHops, EXTERNAL_ROUTE, hosts);

        assertThat(updates).hasSize(1);
        assertThat(afterTheWire(updates.getFirst(), OPTIONS).attribute(MpReach.class))
                .contains(new MpReach(AddressFamily.IPV4_UNICAST, nextHops, hosts));
    }

    @Test
    void pathIdentifiersTakeRoomToo() {
        WireOptions addPath =
                OPTIONS.withAddPath(
                        Set.of(AddressFamily.IPV4_UNICAST), Set.of(AddressFamily.IPV4_UNICAST));
        List<Nlri> hosts =
                Updates.hosts(IpFamily.IPV4, 1000).stream()
                        .map(nlri -> new Nlri(nlri.prefix(), 7))
                        .toList();

        List<UpdateMessage> updates = announce(new UpdatePacker(addPath), IpFamily.IPV4, hosts);

        assertThat(announcedAfterTheWire(updates, addPath)).isEqualTo(hosts);
    }

    @Test
    void attributesWithoutRoomForAPrefixAreRefused() {
        List<PathAttribute> attributes = new ArrayList<>(EXTERNAL_ROUTE);
        attributes.add(
                new LargeCommunities(
                        Collections.nCopies(400, LargeCommunity.parse("large:1:2:3"))));

        assertThatThrownBy(() ->
                        PACKER.announce(
                                AddressFamily.IPV4_UNICAST,
                                List.of(Updates.ROUTER),
                                attributes,
                                List.of(Updates.PREFIX)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no room for a prefix");
    }

    /// ORIGIN, one AS and the next hop take 20 octets of 4096, the header 23 and the prefix 5.
    @ParameterizedTest
    @CsvSource({"IPV4, 1011, true", "IPV4, 1012, false", "IPV6, 1000, true", "IPV6, 1005, false"})
    void saysWhetherThereIsRoomForAPrefix(IpFamily family, int communities, boolean room) {
        List<PathAttribute> attributes = new ArrayList<>(EXTERNAL_ROUTE);
        attributes.add(new Communities(Collections.nCopies(communities, Community.NO_EXPORT)));
        IpAddress nextHop = family == IpFamily.IPV4 ? Updates.ROUTER : Updates.ROUTER_V6;

        assertThat(PACKER.hasRoom(AddressFamily.unicast(family), List.of(nextHop), attributes))
                .isEqualTo(room);
    }

    private static List<UpdateMessage> announce(
            UpdatePacker packer, IpFamily family, List<Nlri> prefixes) {
        IpAddress nextHop = family == IpFamily.IPV4 ? Updates.ROUTER : Updates.ROUTER_V6;
        return packer.announce(
                AddressFamily.unicast(family), List.of(nextHop), EXTERNAL_ROUTE, prefixes);
    }

    private static List<Nlri> announcedAfterTheWire(
            List<UpdateMessage> updates, WireOptions options) {
        List<Nlri> announced = new ArrayList<>();
        for (UpdateMessage update : updates) {
            UpdateMessage read = afterTheWire(update, options);
            announced.addAll(read.announced());
            read.attribute(MpReach.class).ifPresent(mp -> announced.addAll(mp.nlri()));
        }
        return announced;
    }

    private static UpdateMessage afterTheWire(UpdateMessage update, WireOptions options) {
        Decoded decoded = Wire.decode(Wire.encode(update, options), options);
        assertThat(decoded).isInstanceOf(Decoded.Message.class);
        return (UpdateMessage) Wire.message(decoded);
    }
}

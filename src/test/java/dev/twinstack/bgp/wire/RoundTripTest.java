package dev.twinstack.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.LargeCommunity;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written is read back, for every kind of message, capability and attribute.
class RoundTripTest {

    private static final IpAddress ID = IpAddress.parse("192.0.2.1");

    static Stream<BgpMessage> messages() {
        return Stream.of(
                KeepaliveMessage.INSTANCE,
                new RouteRefreshMessage(AddressFamily.IPV6_UNICAST, RouteRefreshMessage.REQUEST),
                new RouteRefreshMessage(
                        new AddressFamily(25, 70), RouteRefreshMessage.END_OF_ROUTE_REFRESH),
                new NotificationMessage(ErrorCode.HOLD_TIMER_EXPIRED),
                new NotificationMessage(new ErrorCode(200, 3), Octets.parseHex("616263")),
                UpdateMessage.endOfRib(AddressFamily.IPV4_UNICAST),
                UpdateMessage.endOfRib(AddressFamily.IPV6_UNICAST),
                OpenMessage.of(new Asn(64512), Duration.ZERO, ID, List.of()),
                open(new UnknownCapability(250, Octets.parseHex("0102"))));
    }

    @ParameterizedTest
    @MethodSource
    void messages(BgpMessage message) {
        assertThat(throughTheWire(message, WireOptions.INTERNAL)).isEqualTo(message);
    }

    static Stream<Capability> capabilities() {
        return Stream.of(
                new MultiprotocolCapability(AddressFamily.IPV6_UNICAST),
                new RouteRefreshCapability(),
                new RouteRefreshCapability(RouteRefreshCapability.OLD_CODE),
                new ExtendedNextHopCapability(
                        List.of(ExtendedNextHopCapability.Tuple.IPV4_OVER_IPV6)),
                new ExtendedMessageCapability(),
                new RoleCapability(RoleCapability.CUSTOMER),
                new GracefulRestartCapability(
                        true,
                        true,
                        Duration.ofSeconds(4095),
                        List.of(
                                new GracefulRestartCapability.Family(
                                        AddressFamily.IPV4_UNICAST, true),
                                new GracefulRestartCapability.Family(
                                        AddressFamily.IPV6_UNICAST, false))),
                new FourOctetAsCapability(new Asn(4_200_000_000L)),
                new AddPathCapability(
                        List.of(
                                new AddPathCapability.Family(
                                        AddressFamily.IPV4_UNICAST, AddPathCapability.SEND))),
                new EnhancedRouteRefreshCapability(),
                new LongLivedGracefulRestartCapability(
                        List.of(
                                new LongLivedGracefulRestartCapability.Family(
                                        AddressFamily.IPV4_UNICAST,
                                        true,
                                        Duration.ofSeconds(0xff_ffff)))),
                new FqdnCapability("node-1", "example.org"),
                new SoftwareVersionCapability("twinstack/0.1"));
    }

    @ParameterizedTest
    @MethodSource
    void capabilities(Capability capability) {
        OpenMessage open =
                open(capability, new MultiprotocolCapability(AddressFamily.IPV4_UNICAST));

        assertThat(throughTheWire(open, WireOptions.INITIAL)).isEqualTo(open);
    }

    static Stream<PathAttribute> attributes() {
        return Stream.of(
                new MultiExitDiscriminator(0xffff_ffffL),
                new AtomicAggregate(),
                new Aggregator(new Asn(4_200_000_000L), ID),
                new Communities(List.of(Community.of(64512, 1), Community.NO_EXPORT)),
                new Communities(Collections.nCopies(100, Community.of(1, 2))),
                new OriginatorId(ID),
                new ClusterList(List.of(ID, ID)),
                new MpReach(
                        AddressFamily.IPV6_UNICAST,
                        List.of(Updates.ROUTER_V6, IpAddress.parse("fe80::1")),
                        List.of(Updates.IPV6_PREFIX, new Nlri(IpPrefix.parse("::/0")))),
                new MpUnreach(AddressFamily.IPV6_UNICAST, List.of(Updates.IPV6_PREFIX)),
                new OpaqueMpReach(
                        new AddressFamily(25, 70),
                        Octets.parseHex("0a000001"),
                        Octets.parseHex("00ff")),
                new OpaqueMpUnreach(new AddressFamily(25, 70), Octets.parseHex("00".repeat(300))),
                new ExtendedCommunities(
                        List.of(new ExtendedCommunities.ExtendedCommunity(0x0002fc000000004dL))),
                new LargeCommunities(List.of(LargeCommunity.parse("large:4294967295:0:1"))),
                new OnlyToCustomer(new Asn(64512)),
                new UnknownAttribute(new AttributeType(254), 0xe0, Octets.parseHex("dead")),
                new AsPath(
                        List.of(
                                new AsSegment(AsSegment.Kind.SET, List.of(new Asn(1), new Asn(2))),
                                new AsSegment(
                                        AsSegment.Kind.CONFEDERATION_SEQUENCE,
                                        List.of(new Asn(65001))))));
    }

    @ParameterizedTest
    @MethodSource
    void attributes(PathAttribute attribute) {
        List<PathAttribute> others =
                Stream.of(
                                Origin.INCOMPLETE,
                                AsPath.EMPTY,
                                new NextHop(Updates.ROUTER),
                                new LocalPreference(100))
                        .filter(other -> !other.type().equals(attribute.type()))
                        .toList();
        UpdateMessage update =
                new UpdateMessage(
                        List.of(),
                        Stream.concat(Stream.of(attribute), others.stream()).toList(),
                        List.of(Updates.PREFIX));

        assertThat(throughTheWire(update, WireOptions.INTERNAL)).isEqualTo(update);
    }

    @ParameterizedTest
    @MethodSource("prefixLengths")
    void prefixesOfEveryLength(IpPrefix prefix) {
        UpdateMessage update =
                new UpdateMessage(
                        List.of(),
                        List.of(
                                new MpUnreach(
                                        AddressFamily.unicast(prefix.family()),
                                        List.of(new Nlri(prefix)))),
                        List.of());

        assertThat(throughTheWire(update, WireOptions.EXTERNAL)).isEqualTo(update);
    }

    static Stream<IpPrefix> prefixLengths() {
        IpAddress v4 = IpAddress.parse("255.255.255.255");
        IpAddress v6 = IpAddress.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        return Stream.concat(
                LongStream.rangeClosed(0, 32).mapToObj(i -> new IpPrefix(v4, (int) i)),
                LongStream.rangeClosed(0, 128).mapToObj(i -> new IpPrefix(v6, (int) i)));
    }

    private static OpenMessage open(Capability... capabilities) {
        return OpenMessage.of(
                new Asn(4_200_000_000L), Duration.ofSeconds(90), ID, List.of(capabilities));
    }

    private static BgpMessage throughTheWire(BgpMessage message, WireOptions options) {
        Decoded decoded = Wire.decode(Wire.encode(message, options), options);
        assertThat(decoded).isInstanceOf(Decoded.Message.class);
        return Wire.message(decoded);
    }
}

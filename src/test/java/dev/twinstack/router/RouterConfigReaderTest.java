package dev.twinstack.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.bgp.Password;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.RouterSettings;
import dev.twinstack.bgp.RouterSettings.DynamicPeers;
import dev.twinstack.bgp.RouterSettings.Peer;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterConfigReaderTest {

    @Test
    void everythingCanBeSaid() throws RouterConfigException {
        RouterConfig config =
                RouterConfigReader.read(
                        """
                        asn: 4200000000
                        routerId: 192.0.2.1
                        listen:
                          - address: 127.0.0.1
                            port: 1179
                          - address: "::1"
                        holdTime: 9
                        peers:
                          - address: 192.0.2.10
                            asn: 64512
                            families: [IPv4]
                            passive: false
                            port: 1180
                            password: secret
                            bfd: {interval: 50, multiplier: 5}
                          - address: 2001:db8::10
                            asn: internal
                            bfd: {multihop: true, passive: true}
                        dynamicPeers:
                          - from: 192.0.2.0/24
                            asn: external
                            families: [ipv6]
                        httpPort: 8080
                        """);

        BfdPath direct =
                BfdPath.to(IpAddress.parse("192.0.2.10")).from(IpAddress.parse("127.0.0.1"));
        BfdPath far =
                new BfdPath(
                        IpAddress.parse("2001:db8::10"),
                        Optional.of(IpAddress.parse("::1")),
                        Optional.empty(),
                        true);
        assertThat(config)
                .isEqualTo(
                        new RouterConfig(
                                new RouterSettings(
                                        new Asn(4_200_000_000L),
                                        IpAddress.parse("192.0.2.1"),
                                        List.of(
                                                new ListenAddress(
                                                        IpAddress.parse("127.0.0.1"), 1179),
                                                new ListenAddress(IpAddress.parse("::1"), 179)),
                                        Duration.ofSeconds(9),
                                        List.of(
                                                new Peer(
                                                        IpAddress.parse("192.0.2.10"),
                                                        1180,
                                                        PeerAsn.exactly(64512),
                                                        Set.of(IpFamily.IPV4),
                                                        false,
                                                        Optional.of(Password.of("secret"))),
                                                new Peer(
                                                        IpAddress.parse("2001:db8::10"),
                                                        179,
                                                        new PeerAsn.Internal(),
                                                        Set.of(IpFamily.IPV4, IpFamily.IPV6),
                                                        true,
                                                        Optional.empty())),
                                        List.of(
                                                new DynamicPeers(
                                                        IpPrefix.parse("192.0.2.0/24"),
                                                        new PeerAsn.External(),
                                                        Set.of(IpFamily.IPV6)))),
                                List.of(
                                        BfdSettings.of(direct).every(Duration.ofMillis(50), 5),
                                        BfdSettings.of(far).withPassive(true)),
                                8080));
    }

    @Test
    void withoutListenItListensEverywhere() throws RouterConfigException {
        RouterSettings settings =
                RouterConfigReader.read("{asn: 64500, routerId: 192.0.2.1}").settings();

        assertThat(settings.listen())
                .containsExactly(
                        new ListenAddress(IpAddress.parse("0.0.0.0"), 179),
                        new ListenAddress(IpAddress.parse("::"), 179));
        assertThat(settings.peers()).isEmpty();
        assertThat(settings.holdTime()).isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "asn: 0 | asn: expected a whole number from 1 to 4294967295",
                "asn: 64500.5 | asn: expected a whole number from 1 to 4294967295",
                "asn: [64500] | asn: expected a whole number from 1 to 4294967295",
                "asn: 99999999999999999999 | asn: expected a whole number from 1 to 4294967295",
                "routerId: | routerId: is missing",
                "routerId: 2001:db8::1 | routerId: expected an IPv4 address other than 0.0.0.0",
                "routerId: 192.0.2 | routerId: invalid IP address \"192.0.2\"",
                "routerid: 192.0.2.1 | routerid: unknown field; known are asn, dynamicPeers,"
                        + " holdTime, httpPort, listen, peers, routerId",
                "listen: 127.0.0.1 | listen: expected a list",
                "listen: [127.0.0.1] | listen[0]: expected a mapping of address, port",
                "listen: [{address: 127.0.0.1, port: 70000}] | listen[0].port: expected a whole"
                        + " number from 0 to 65535",
                "holdTime: 2 | holdTime: expected 0 or at least 3 seconds",
                "dynamicPeers: [{from: 192.0.2.0, asn: 1}] | dynamicPeers[0].from: invalid CIDR"
                        + " \"192.0.2.0\": no '/'",
                "peers: [{address: 192.0.2.10, asn: some}] | peers[0].asn: expected a number,"
                        + " internal or external",
                "peers: [{address: 192.0.2.10, asn: 1, password: ''}] | peers[0].password: is missing",
                "peers: [{address: 192.0.2.10}] | peers[0].asn: is missing",
                "peers: [{address: 192.0.2.10, asn: 1}, {address: 192.0.2.10, asn: 2}] |"
                        + " peers[1].address: 192.0.2.10 stands there twice",
                "peers: [{address: 192.0.2.10, asn: 1, families: [ipx]}] | peers[0].families:"
                        + " expected ipv4 or ipv6, not ipx",
                "peers: [{address: 192.0.2.10, asn: 1, passive: 1}] | peers[0].passive: expected"
                        + " true or false",
            })
    void whatIsWrongIsNamedInOneLine(String line, String message) {
        String yaml = "";
        if (!line.startsWith("asn:")) {
            yaml += "asn: 64500\n";
        }
        if (!line.startsWith("routerId:")) {
            yaml += "routerId: 192.0.2.1\n";
        }
        String file = yaml + line + "\n";

        assertThatThrownBy(() -> RouterConfigReader.read(file))
                .isInstanceOf(RouterConfigException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "'', the file is empty",
        "'asn: [', 'line 1: '",
        "'asn: 1\nasn: 2', 'line 2: Duplicate field'",
        "'- 1', (file): expected a mapping of",
    })
    void whatIsNoYamlMappingIsRefusedInOneLine(String file, String start) {
        assertThatThrownBy(() -> RouterConfigReader.read(file))
                .isInstanceOf(RouterConfigException.class)
                .message()
                .startsWith(start)
                .doesNotContain("\n");
    }
}

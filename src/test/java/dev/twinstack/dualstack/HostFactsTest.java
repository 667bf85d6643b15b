package dev.twinstack.dualstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.dualstack.NodeFacts.DefaultRoute;
import dev.twinstack.dualstack.NodeFacts.Firewall;
import dev.twinstack.dualstack.NodeFacts.HostAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines as the kernel and UFW write them.
class HostFactsTest {

    private static final String ROUTE =
            "00000000000000000000000000000000 00 00000000000000000000000000000000 00"
                    + " fe800000000000000000000000000001 %s 00000001 00000000 %s %s\n";

    @TempDir private Path root;

    @BeforeEach
    void anOrdinaryHost() throws IOException {
        write("proc/sys/kernel/osrelease", "6.8.0-45-generic\n");
        write(
                "proc/net/if_inet6",
                """
                00000000000000000000000000000001 01 80 10 80       lo
                fe800000000000000000000000000005 02 40 20 80     eth0
                20010db8001000000000000000000011 02 40 00 00     eth0
                20010db800100000aaaabbbbccccdddd 02 40 00 01     eth0
                20010db8001000000000000000000012 02 40 00 60     eth0
                fd010000000000000000000000000040 05 80 00 80 vxlan-v6.calico
                """);
        write("proc/net/ipv6_route", ROUTE.formatted("00000400", "00000003", "eth0"));
        write("proc/sys/net/ipv6/conf/all/disable_ipv6", "0\n");
        write("proc/sys/net/ipv6/conf/all/forwarding", "1\n");
        write("proc/sys/net/ipv6/conf/eth0/accept_ra", "0\n");
        write("proc/modules", "nft_chain_nat 12288 4 - Live 0x0000000000000000\n");
        write("var/snap/microk8s/current/var/lock/no-cert-reissue", "");
    }

    @Test
    void addressesOfPodsTunnelsAndTheLinkAreLeftOut() throws IOException {
        assertThat(read())
                .isEqualTo(
                        new NodeFacts(
                                "classic",
                                "6.8.0-45-generic",
                                true,
                                List.of(
                                        new HostAddress("eth0", "2001:db8:10::11/64", false),
                                        new HostAddress(
                                                "eth0",
                                                "2001:db8:10:0:aaaa:bbbb:cccc:dddd/64",
                                                true)),
                                new DefaultRoute("eth0", false, 0),
                                true,
                                true,
                                null,
                                Set.of("no-cert-reissue")));
    }

    @Test
    void aRouteOfTheKernelsOwnIsAdvertised() throws IOException {
        write("proc/net/ipv6_route", ROUTE.formatted("00000400", "00450003", "eth0"));
        write("proc/sys/net/ipv6/conf/eth0/accept_ra", "1\n");

        assertThat(read().defaultRoute()).isEqualTo(new DefaultRoute("eth0", true, 1));
    }

    @Test
    void theRouteOfLeastMetricCountsAndAnUnreachableOneDoesNot() throws IOException {
        write(
                "proc/net/ipv6_route",
                ROUTE.formatted("ffffffff", "00200200", "lo")
                        + ROUTE.formatted("00000064", "00000200", "eth9")
                        + ROUTE.formatted("00000800", "00000003", "eth1")
                        + ROUTE.formatted("00000400", "00000003", "eth0"));

        assertThat(read().defaultRoute()).isEqualTo(new DefaultRoute("eth0", false, 0));
    }

    @Test
    void withoutIpv6ThereIsNothing() throws IOException {
        write("proc/sys/net/ipv6/conf/all/disable_ipv6", "1\n");

        assertThat(read().ipv6()).isFalse();
        assertThat(read().addresses()).isEmpty();
        assertThat(read().defaultRoute()).isNull();
    }

    @Test
    void aKernelWithoutNatSaysSo() throws IOException {
        write("proc/modules", "ip6_tables 36864 0 - Live 0x0000000000000000\n");

        assertThat(read().ip6Nat()).isFalse();
    }

    @Test
    void aModuleThatCanBeLoadedIsEnough() throws IOException {
        write("proc/modules", "");
        write(
                "lib/modules/6.8.0-45-generic/modules.dep",
                "kernel/net/ipv6/netfilter/ip6table_nat.ko.zst: kernel/net/netfilter/x.ko.zst\n");

        assertThat(read().ip6Nat()).isTrue();
    }

    @Test
    void anActiveFirewallIsReadWithItsInterfaces() throws IOException {
        write("etc/ufw/ufw.conf", "# comment\nENABLED=yes\n");
        write(
                "etc/ufw/user.rules",
                "### tuple ### allow any any 0.0.0.0/0 any 0.0.0.0/0 in_cali+\n");
        write(
                "etc/ufw/user6.rules",
                "### tuple ### allow any any ::/0 any ::/0 out_vxlan.calico\n");
        write("snap/microk8s/current/meta/snap.yaml", "name: microk8s\nconfinement: strict\n");

        assertThat(read().firewall()).isEqualTo(new Firewall(Set.of("cali+", "vxlan.calico")));
        assertThat(read().confinement()).isEqualTo("strict");
    }

    private NodeFacts read() throws IOException {
        return new HostFacts(root).read();
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

package dev.twinstack.dualstack;

import dev.twinstack.dualstack.NodeFacts.DefaultRoute;
import dev.twinstack.dualstack.NodeFacts.Firewall;
import dev.twinstack.dualstack.NodeFacts.HostAddress;
import dev.twinstack.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the facts of the host this runs on: `/proc`, UFW's files and the snap's directories.
public final class HostFacts {

    private static final int TEMPORARY = 0x01;
    private static final int TENTATIVE_OR_DEPRECATED = 0x40 | 0x20;

    /// `RTF_REJECT` and `RTF_DEFAULT` of `linux/route.h` and `linux/ipv6_route.h`.
    private static final long REJECT = 0x0200;

    private static final long ADVERTISED = 0x0001_0000;

    /// Interfaces of pods, tunnels and the host itself.
    private static final Pattern NOT_THE_HOSTS =
            Pattern.compile("lo|cali.*|vxlan.*|tunl.*|docker.*");

    private static final Pattern UFW_INTERFACE = Pattern.compile("\\b(?:in|out)_(\\S+)");
    private static final Pattern NAT_MODULE =
            Pattern.compile("(?m)(^|/)(ip6table_nat|nft_chain_nat)[. ]");

    private final Path root;

    /// @param root `/`, or the root of another tree in tests
    public HostFacts(Path root) {
        this.root = root;
    }

    /// @throws IOException if a file is there and cannot be read
    public NodeFacts read() throws IOException {
        boolean ipv6 =
                Files.exists(at("proc/net/if_inet6"))
                        && !setting("all", "disable_ipv6").equals("1");
        return new NodeFacts(
                confinement(),
                text("proc/sys/kernel/osrelease").strip(),
                ipv6,
                ipv6 ? addresses() : List.of(),
                ipv6 ? defaultRoute().orElse(null) : null,
                setting("all", "forwarding").equals("1"),
                ip6Nat(),
                firewall(),
                locks());
    }

    /// `20010db8...01 02 40 00 80 eth0`: address, index, prefix length, scope, flags, name.
    private List<HostAddress> addresses() throws IOException {
        return text("proc/net/if_inet6")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length == 6)
                .filter(fields -> !NOT_THE_HOSTS.matcher(fields[5]).matches())
                .filter(fields -> (hex(fields[4]) & TENTATIVE_OR_DEPRECATED) == 0)
                .map(fields ->
                        new HostAddress(
                                fields[5],
                                address(fields[0]) + "/" + hex(fields[2]),
                                (hex(fields[4]) & TEMPORARY) != 0))
                .filter(address -> !address.ip().isLinkLocal())
                .sorted(
                        Comparator.comparing(HostAddress::device)
                                .thenComparing(HostAddress::temporary)
                                .thenComparing(HostAddress::ip))
                .toList();
    }

    /// Destination, its length, source, its length, next hop, metric, two counters, flags, name.
    private Optional<DefaultRoute> defaultRoute() throws IOException {
        Path file = at("proc/net/ipv6_route");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Optional<String[]> route =
                Files.readString(file)
                        .lines()
                        .map(line -> line.strip().split("\\s+"))
                        .filter(fields -> fields.length == 10)
                        .filter(fields -> address(fields[0]).isUnspecified())
                        .filter(fields -> hex(fields[1]) == 0 && !fields[9].equals("lo"))
                        .filter(fields -> (hex(fields[8]) & REJECT) == 0)
                        .min(Comparator.comparingLong(fields -> hex(fields[5])));
        if (route.isEmpty()) {
            return Optional.empty();
        }
        String device = route.get()[9];
        return Optional.of(
                new DefaultRoute(
                        device,
                        (hex(route.get()[8]) & ADVERTISED) != 0,
                        number(setting(device, "accept_ra"))));
    }

    /// The kernel has it loaded, built in, or can load it.
    private boolean ip6Nat() throws IOException {
        if (text("proc/net/ip6_tables_names").lines().anyMatch("nat"::equals)) {
            return true;
        }
        String kernel = text("proc/sys/kernel/osrelease").strip();
        for (String file :
                List.of(
                        "proc/modules",
                        "lib/modules/" + kernel + "/modules.builtin",
                        "lib/modules/" + kernel + "/modules.dep")) {
            if (NAT_MODULE.matcher(text(file)).find()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Firewall firewall() throws IOException {
        boolean active =
                text("etc/ufw/ufw.conf")
                        .lines()
                        .anyMatch(line -> line.strip().equalsIgnoreCase("ENABLED=yes"));
        if (!active) {
            return null;
        }
        Set<String> interfaces = new TreeSet<>();
        Matcher matcher =
                UFW_INTERFACE.matcher(text("etc/ufw/user.rules") + text("etc/ufw/user6.rules"));
        while (matcher.find()) {
            interfaces.add(matcher.group(1));
        }
        return new Firewall(interfaces);
    }

    private Set<String> locks() throws IOException {
        Path directory = at("var/snap/microk8s/current/var/lock");
        if (!Files.isDirectory(directory)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private String confinement() throws IOException {
        return text("snap/microk8s/current/meta/snap.yaml")
                        .lines()
                        .anyMatch(line -> line.strip().equals("confinement: strict"))
                ? "strict"
                : "classic";
    }

    private String setting(String device, String name) throws IOException {
        return text("proc/sys/net/ipv6/conf/" + device + "/" + name).strip();
    }

    private String text(String path) throws IOException {
        Path file = at(path);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private Path at(String path) {
        return root.resolve(path);
    }

    private static IpAddress address(String octets) {
        return IpAddress.of(HexFormat.of().parseHex(octets));
    }

    private static long hex(String text) {
        return Long.parseLong(text, 16);
    }

    private static int number(String text) {
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }
}

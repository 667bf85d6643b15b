package dev.twinstack.router;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.RouterSettings;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads the YAML file of the `router` role:
///
/// ```yaml
/// asn: 64500
/// routerId: 192.0.2.1
/// listen:                       # 0.0.0.0 and :: when missing
///   - address: 192.0.2.1
///     port: 179                 # 179
/// holdTime: 90                  # seconds: 90
/// peers:
///   - address: 192.0.2.10
///     asn: 64512                # or internal, or external for any but our own
///     families: [ipv4, ipv6]    # both
///     passive: true             # true: wait for the peer to connect
///     port: 179                 # where to connect to when it is not passive
///     password: secret          # TCP MD5, none when missing
///     bfd:                      # none when missing
///       interval: 300           # milliseconds, both ways: 300
///       multiplier: 3           # 3
///       multihop: false         # false
///       passive: false          # false
/// dynamicPeers:                 # who may come without being listed
///   - from: 192.0.2.0/24
///     asn: external
///     families: [ipv4, ipv6]
/// httpPort: 7480                # 7480
/// ```
public final class RouterConfigReader {

    private static final long MAX_PORT = 65535;

    private static final Set<String> KEYS =
            Set.of("asn", "routerId", "listen", "holdTime", "peers", "dynamicPeers", "httpPort");

    private static final ObjectMapper YAML =
            new ObjectMapper(
                    YAMLFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build());

    private RouterConfigReader() {}

    /// @throws RouterConfigException with the first thing that is wrong
    public static RouterConfig read(String yaml) throws RouterConfigException {
        YamlObject root = YamlObject.of("", tree(yaml), KEYS);
        IpAddress routerId = root.address("routerId");
        if (routerId.family() != IpFamily.IPV4 || routerId.isUnspecified()) {
            throw new RouterConfigException(
                    root.path("routerId"), "expected an IPv4 address other than 0.0.0.0");
        }
        List<ListenAddress> listen = listen(root);
        return new RouterConfig(
                new RouterSettings(
                        root.asn("asn"),
                        routerId,
                        listen,
                        holdTime(root),
                        RouterPeers.listed(root),
                        RouterPeers.dynamic(root)),
                RouterPaths.read(root, listen),
                (int) root.number("httpPort", 0, MAX_PORT, RouterConfig.DEFAULT_HTTP_PORT));
    }

    private static JsonNode tree(String yaml) throws RouterConfigException {
        try (JsonParser parser = YAML.createParser(yaml)) {
            JsonNode tree = YAML.readTree(parser);
            if (tree == null) {
                throw new RouterConfigException("", "the file is empty");
            }
            return tree;
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            throw new RouterConfigException(
                    where == null ? "" : "line " + where.getLineNr(),
                    firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new RouterConfigException("", firstLine(String.valueOf(e.getMessage())));
        }
    }

    private static List<ListenAddress> listen(YamlObject root) throws RouterConfigException {
        List<ListenAddress> addresses = new ArrayList<>();
        for (YamlObject entry : root.objects("listen", Set.of("address", "port"))) {
            addresses.add(
                    new ListenAddress(
                            entry.address("address"),
                            (int) entry.number("port", 0, MAX_PORT, PeerSettings.BGP_PORT)));
        }
        return addresses.isEmpty()
                ? List.of(
                        new ListenAddress(IpAddress.parse("0.0.0.0"), PeerSettings.BGP_PORT),
                        new ListenAddress(IpAddress.parse("::"), PeerSettings.BGP_PORT))
                : addresses;
    }

    private static Duration holdTime(YamlObject root) throws RouterConfigException {
        long seconds = root.number("holdTime", 0, 65535, 90);
        if (seconds == 1 || seconds == 2) {
            throw new RouterConfigException(
                    root.path("holdTime"), "expected 0 or at least 3 seconds");
        }
        return Duration.ofSeconds(seconds);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("not valid YAML");
    }
}

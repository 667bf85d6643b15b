package dev.twinstack.router;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.router.RouterConfig.Endpoint;
import dev.twinstack.router.RouterConfig.Neighbour;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads the YAML file of the `router` role:
///
/// ```yaml
/// asn: 64500
/// routerId: 192.0.2.1
/// listen:                       # 0.0.0.0 and :: where it is missing
///   - address: 192.0.2.1
///     port: 179                 # 179
/// peers:
///   - address: 192.0.2.10
///     asn: 64512
///     families: [ipv4, ipv6]    # both
///     passive: true             # true: wait for the peer to connect
///     port: 179                 # where to connect to when it is not passive
///     holdTime: 90              # seconds
/// http:
///   port: 7480
/// ```
public final class RouterConfigReader {

    private static final long MAX_PORT = 65535;

    private static final ObjectMapper YAML =
            new ObjectMapper(
                    YAMLFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build());

    private RouterConfigReader() {}

    /// @throws RouterConfigException with the first thing that is wrong
    public static RouterConfig read(String yaml) throws RouterConfigException {
        YamlObject root =
                YamlObject.of("", tree(yaml), Set.of("asn", "routerId", "listen", "peers", "http"));
        IpAddress routerId = root.address("routerId");
        if (routerId.family() != IpFamily.IPV4 || routerId.isUnspecified()) {
            throw new RouterConfigException(
                    root.path("routerId"), "expected an IPv4 address other than 0.0.0.0");
        }
        return new RouterConfig(
                root.asn("asn"), routerId, listen(root), peers(root), httpPort(root));
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

    private static List<Endpoint> listen(YamlObject root) throws RouterConfigException {
        List<Endpoint> endpoints = new ArrayList<>();
        for (YamlObject entry : root.objects("listen", Set.of("address", "port"))) {
            endpoints.add(new Endpoint(entry.address("address"), port(entry)));
        }
        return endpoints.isEmpty()
                ? List.of(
                        new Endpoint(IpAddress.parse("0.0.0.0"), RouterConfig.BGP_PORT),
                        new Endpoint(IpAddress.parse("::"), RouterConfig.BGP_PORT))
                : endpoints;
    }

    private static List<Neighbour> peers(YamlObject root) throws RouterConfigException {
        Set<String> keys = Set.of("address", "asn", "families", "passive", "port", "holdTime");
        List<Neighbour> peers = new ArrayList<>();
        Set<IpAddress> seen = new HashSet<>();
        for (YamlObject entry : root.objects("peers", keys)) {
            Neighbour peer = peer(entry);
            if (!seen.add(peer.address())) {
                throw new RouterConfigException(
                        entry.path("address"), peer.address() + " stands there twice");
            }
            peers.add(peer);
        }
        return peers;
    }

    private static Neighbour peer(YamlObject entry) throws RouterConfigException {
        long holdTime =
                entry.number("holdTime", 0, 65535, RouterConfig.DEFAULT_HOLD_TIME.toSeconds());
        if (holdTime == 1 || holdTime == 2) {
            throw new RouterConfigException(
                    entry.path("holdTime"), "expected 0 or at least 3 seconds");
        }
        return new Neighbour(
                entry.address("address"),
                entry.asn("asn"),
                families(entry),
                entry.flag("passive", true),
                port(entry),
                Duration.ofSeconds(holdTime));
    }

    private static Set<IpFamily> families(YamlObject entry) throws RouterConfigException {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        for (String text : entry.texts("families")) {
            switch (text.toLowerCase(Locale.ROOT)) {
                case "ipv4" -> families.add(IpFamily.IPV4);
                case "ipv6" -> families.add(IpFamily.IPV6);
                default ->
                        throw new RouterConfigException(
                                entry.path("families"), "expected ipv4 or ipv6, not " + text);
            }
        }
        return families.isEmpty() ? EnumSet.allOf(IpFamily.class) : families;
    }

    private static int httpPort(YamlObject root) throws RouterConfigException {
        if (!root.has("http")) {
            return RouterConfig.DEFAULT_HTTP_PORT;
        }
        YamlObject http = root.object("http", Set.of("port"));
        return (int) http.number("port", 0, MAX_PORT, (long) RouterConfig.DEFAULT_HTTP_PORT);
    }

    private static int port(YamlObject entry) throws RouterConfigException {
        return (int) entry.number("port", 1, MAX_PORT, (long) RouterConfig.BGP_PORT);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("not valid YAML");
    }
}

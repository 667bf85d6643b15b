package dev.twinstack.dualstack.calico;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The reviewed files of `calico-patches/`, which the program and a person with `kubectl` both use.
/// They carry MicroK8s' default ranges; here the wanted values take their places.
public final class CalicoPatches {

    private static final String DIRECTORY = "/calico-patches/";
    private static final YAMLMapper YAML = new YAMLMapper();

    private CalicoPatches() {}

    /// What the files leave open.
    ///
    /// @param cidr the range of pods
    /// @param vxlan `Always` or `Never`
    /// @param autodetection Calico's IP6_AUTODETECTION_METHOD
    public record Values(String cidr, String vxlan, boolean natOutgoing, String autodetection) {}

    /// The variables of the container calico-node, in order.
    public static Map<String, String> environment(Values values) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode entry :
                read("calico-node.patch.yaml").at("/spec/template/spec/containers/0/env")) {
            String name = entry.path("name").asText();
            String fixed = entry.path("value").asText();
            environment.put(
                    name,
                    switch (name) {
                        case "IP6_AUTODETECTION_METHOD" -> values.autodetection();
                        case "CALICO_IPV6POOL_CIDR" -> values.cidr();
                        case "CALICO_IPV6POOL_VXLAN" -> values.vxlan();
                        case "CALICO_IPV6POOL_NAT_OUTGOING" -> "" + values.natOutgoing();
                        default -> fixed;
                    });
        }
        return environment;
    }

    /// The pool to create.
    public static ObjectNode pool(Values values) {
        ObjectNode pool = (ObjectNode) read("default-ipv6-ippool.yaml");
        ((ObjectNode) pool.path("spec"))
                .put("cidr", values.cidr())
                .put("vxlanMode", values.vxlan())
                .put("natOutgoing", values.natOutgoing());
        return pool;
    }

    /// Calico's BGPConfiguration `default`, with the prefixes of the file.
    public static ObjectNode bgpConfiguration() {
        return (ObjectNode) read("bgp-service-load-balancer-ips.yaml");
    }

    /// BIRD's neighbour on its own node. @param asn Twinstack's AS number
    public static ObjectNode loopbackPeer(long asn) {
        ObjectNode peer = (ObjectNode) read("bgp-peer-127.0.0.1.yaml");
        ((ObjectNode) peer.path("spec")).put("asNumber", asn);
        return peer;
    }

    /// A pool whose routes BIRD takes, and of which no pod gets an address.
    public static ObjectNode acceptedPool(String name, String cidr, boolean ipv6) {
        ObjectNode pool = (ObjectNode) read("bgp-peer-accept-pools.yaml");
        ((ObjectNode) pool.path("metadata")).put("name", name);
        ObjectNode spec = (ObjectNode) pool.path("spec");
        spec.put("cidr", cidr);
        if (ipv6) {
            spec.put("blockSize", 122);
        }
        return pool;
    }

    /// The first object of a file.
    private static JsonNode read(String file) {
        try (InputStream stream = CalicoPatches.class.getResourceAsStream(DIRECTORY + file)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "the program is packaged without calico-patches/" + file);
            }
            return YAML.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.twinstack.bgp.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/// A capability in the form of `valid.jsonl`.
final class CapabilityJson {

    private static final List<String> ROLES =
            List.of("provider", "rs", "rs-client", "customer", "peer");

    /// Named in the file, but nothing we make use of.
    private static final Map<Integer, String> UNUSED = Map.of(67, "dynamic", 76, "paths-limit");

    private CapabilityJson() {}

    static ObjectNode of(Capability capability) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("code", capability.code());
        switch (capability) {
            case MultiprotocolCapability(AddressFamily family) ->
                    json.put("name", "multiprotocol").put("family", Names.family(family));
            case RouteRefreshCapability(int code) ->
                    json.put("name", code == 2 ? "route-refresh" : "route-refresh-cisco");
            case ExtendedNextHopCapability(List<ExtendedNextHopCapability.Tuple> tuples) ->
                    extendedNextHop(json, tuples);
            case ExtendedMessageCapability _ -> json.put("name", "extended-message");
            case RoleCapability(int role) -> json.put("name", "role").put("role", ROLES.get(role));
            case GracefulRestartCapability restart -> gracefulRestart(json, restart);
            case FourOctetAsCapability(var asn) ->
                    json.put("name", "four-octet-as").put("asn", asn.value());
            case AddPathCapability(List<AddPathCapability.Family> families) ->
                    addPath(json, families);
            case EnhancedRouteRefreshCapability _ -> json.put("name", "enhanced-route-refresh");
            case LongLivedGracefulRestartCapability restart -> longLived(json, restart);
            case FqdnCapability(String host, String domain) ->
                    json.put("name", "fqdn").put("host", host).put("domain", domain);
            case SoftwareVersionCapability(String version) ->
                    json.put("name", "software-version").put("version", version);
            case UnknownCapability(int code, Octets value) -> unknown(json, code, value);
        }
        return json;
    }

    private static void unknown(ObjectNode json, int code, Octets value) {
        json.put("name", UNUSED.getOrDefault(code, "unknown"));
        if (!UNUSED.containsKey(code) || !value.isEmpty()) {
            json.put("hex", value.toString());
        }
    }

    private static void extendedNextHop(
            ObjectNode json, List<ExtendedNextHopCapability.Tuple> tuples) {
        ArrayNode array = json.put("name", "extended-next-hop").putArray("tuples");
        for (ExtendedNextHopCapability.Tuple tuple : tuples) {
            array.addObject()
                    .put("family", Names.family(tuple.family()))
                    .put("next-hop-afi", tuple.nextHopAfi());
        }
    }

    private static void gracefulRestart(ObjectNode json, GracefulRestartCapability restart) {
        ArrayNode families =
                json.put("name", "graceful-restart")
                        .put("restart_flag", restart.restarting())
                        .put("notification_flag", restart.notification())
                        .put("restart_time", restart.restartTime().toSeconds())
                        .putArray("families");
        for (GracefulRestartCapability.Family family : restart.families()) {
            families.addObject()
                    .put("family", Names.family(family.family()))
                    .put("forwarding", family.forwarding());
        }
    }

    private static void longLived(ObjectNode json, LongLivedGracefulRestartCapability restart) {
        ArrayNode families = json.put("name", "long-lived-graceful-restart").putArray("families");
        for (LongLivedGracefulRestartCapability.Family family : restart.families()) {
            families.addObject()
                    .put("family", Names.family(family.family()))
                    .put("forwarding", family.forwarding())
                    .put("stale-time", family.staleTime().toSeconds());
        }
    }

    private static void addPath(ObjectNode json, List<AddPathCapability.Family> families) {
        ArrayNode array = json.put("name", "add-path").putArray("families");
        for (AddPathCapability.Family family : families) {
            array.addObject()
                    .put("family", Names.family(family.family()))
                    .put("send-receive", family.mode());
        }
    }
}

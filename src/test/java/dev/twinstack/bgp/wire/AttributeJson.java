package dev.twinstack.bgp.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import java.util.List;
import java.util.Locale;

/// Path attributes in the form of `valid.jsonl`.
final class AttributeJson {

    private AttributeJson() {}

    static ObjectNode of(List<PathAttribute> attributes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        attributes.forEach(attribute -> write(json, attribute));
        return json;
    }

    private static void write(ObjectNode json, PathAttribute attribute) {
        switch (attribute) {
            case Origin origin -> json.put("origin", origin.name().toLowerCase(Locale.ROOT));
            case AsPath(List<AsSegment> segments) -> path(json.putArray("as-path"), segments);
            case NextHop(IpAddress address) -> json.put("next-hop", address.toString());
            case MultiExitDiscriminator(long value) -> json.put("med", value);
            case LocalPreference(long value) -> json.put("local-pref", value);
            case AtomicAggregate _ -> json.put("atomic-aggregate", true);
            case Aggregator(Asn asn, IpAddress address) ->
                    json.putObject("aggregator")
                            .put("as", asn.value())
                            .put("address", address.toString());
            case Communities communities ->
                    communities
                            .values()
                            .forEach(value -> add(json, "communities", Names.community(value)));
            case OriginatorId(IpAddress id) -> json.put("originator-id", id.toString());
            case ClusterList(List<IpAddress> ids) ->
                    ids.forEach(id -> add(json, "cluster-list", id.toString()));
            case MpReach reach -> reach(json.putObject("mp-reach"), reach);
            case MpUnreach(AddressFamily family, List<Nlri> withdrawn) ->
                    json.putObject("mp-unreach")
                            .put("family", Names.family(family))
                            .set("withdrawn", DecodedJson.prefixes(withdrawn));
            case OpaqueMpReach reach -> opaque(json.putObject("mp-reach"), reach);
            case OpaqueMpUnreach(AddressFamily family, Octets withdrawn) ->
                    json.putObject("mp-unreach")
                            .put("family", Names.family(family))
                            .put("withdrawn-hex", withdrawn.toString());
            case ExtendedCommunities communities ->
                    communities
                            .values()
                            .forEach(value -> add(json, "extended-communities", value.toString()));
            case As4Path(List<AsSegment> segments) -> path(json.putArray("as4-path"), segments);
            case As4Aggregator(Asn asn, IpAddress address) ->
                    json.putObject("as4-aggregator")
                            .put("as", asn.value())
                            .put("address", address.toString());
            case LargeCommunities communities ->
                    communities
                            .values()
                            .forEach(value -> add(json, "large-communities", value.toString()));
            case OnlyToCustomer(Asn asn) -> json.put("only-to-customer", asn.value());
            case UnknownAttribute(AttributeType type, int flags, Octets value) ->
                    json.withArray("/other")
                            .addObject()
                            .put("type", type.code())
                            .put("flags", flags)
                            .put("hex", value.toString());
        }
    }

    private static void add(ObjectNode json, String name, String text) {
        json.withArray("/" + name).add(text);
    }

    private static void path(ArrayNode json, List<AsSegment> segments) {
        for (AsSegment segment : segments) {
            ArrayNode asns =
                    json.addObject().put("type", segmentType(segment.kind())).putArray("as");
            segment.asns().forEach(asn -> asns.add(asn.value()));
        }
    }

    private static String segmentType(AsSegment.Kind kind) {
        return switch (kind) {
            case SET -> "set";
            case SEQUENCE -> "sequence";
            case CONFEDERATION_SEQUENCE -> "confed-sequence";
            case CONFEDERATION_SET -> "confed-set";
        };
    }

    private static void reach(ObjectNode json, MpReach reach) {
        int octets = reach.nextHops().getFirst().family().octets();
        json.put("family", Names.family(reach.family()))
                .put("next-hop-length", reach.nextHops().size() * octets);
        ArrayNode nextHops = json.putArray("next-hop");
        reach.nextHops().forEach(nextHop -> nextHops.add(nextHop.toString()));
        json.set("nlri", DecodedJson.prefixes(reach.nlri()));
    }

    private static void opaque(ObjectNode json, OpaqueMpReach reach) {
        byte[] nextHop = reach.nextHop().toArray();
        json.put("family", Names.family(reach.family())).put("next-hop-length", nextHop.length);
        if (nextHop.length == 4 || nextHop.length == 16) {
            json.putArray("next-hop").add(IpAddress.of(nextHop).toString());
        } else {
            json.put("next-hop-hex", reach.nextHop().toString());
        }
        json.put("nlri-hex", reach.nlri().toString());
    }
}

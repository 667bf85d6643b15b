package dev.twinstack.addon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.install.FoundObjects;
import dev.twinstack.install.Target;
import dev.twinstack.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The user's own objects that the arguments stand for. They belong to the user from then on: no
/// later enable changes them, and no disable deletes them unless told to.
final class UserObjects {

    static final String NAMESPACE = "metallb-system";
    static final String NAME = "default";

    private static final String V1BETA1 = "metallb.io/v1beta1";
    private static final String V1BETA2 = "metallb.io/v1beta2";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final EnableArguments arguments;
    private final FoundObjects found;

    /// @param arguments judged good
    UserObjects(EnableArguments arguments, FoundObjects found) {
        this.arguments = arguments;
        this.found = found;
    }

    /// Those that are not there yet.
    List<ObjectNode> missing() {
        return wanted().stream().filter(object -> !found.has(Target.of(object))).toList();
    }

    /// Those that are there, and say something else.
    List<Target> different() {
        return wanted().stream()
                .filter(object ->
                        found.find(Target.of(object))
                                .filter(other -> !says(other.path("spec"), object.path("spec")))
                                .isPresent())
                .map(Target::of)
                .toList();
    }

    private List<ObjectNode> wanted() {
        List<ObjectNode> objects = new ArrayList<>();
        if (!arguments.pools().isEmpty()) {
            ObjectNode pool = object(V1BETA1, "IPAddressPool", NAME);
            arguments.pools().forEach(pool.putObject("spec").putArray("addresses")::add);
            objects.add(pool);
        }
        for (int i = 0; i < arguments.peers().size(); i++) {
            objects.add(peer(i));
        }
        if (!arguments.peers().isEmpty()) {
            advertisement("BGPAdvertisement", objects);
        }
        if (arguments.layer2()) {
            advertisement("L2Advertisement", objects);
        }
        return objects;
    }

    private ObjectNode peer(int index) {
        IpAddress address = IpAddress.parse(arguments.peers().get(index));
        List<String> asns = arguments.peerAsns();
        ObjectNode peer = object(V1BETA2, "BGPPeer", peerName(address));
        peer.putObject("spec")
                .put("myASN", Long.parseLong(arguments.myAsn().orElseThrow()))
                .put("peerASN", Long.parseLong(asns.get(asns.size() == 1 ? 0 : index)))
                .put("peerAddress", address.toString());
        return peer;
    }

    /// Everything, where nothing was advertised yet; else only what came with these arguments.
    private void advertisement(String kind, List<ObjectNode> objects) {
        ObjectNode advertisement = object(V1BETA1, kind, NAME);
        ObjectNode spec = advertisement.putObject("spec");
        boolean othersAreThere =
                found.of("metallb.io", kind)
                        .anyMatch(other -> !FoundObjects.name(other).equals(NAME));
        if (othersAreThere) {
            if (arguments.pools().isEmpty()) {
                return;
            }
            spec.putArray("ipAddressPools").add(NAME);
        }
        objects.add(advertisement);
    }

    /// `peer-10-0-0-1`; names of objects have no colons and end with a letter or digit.
    static String peerName(IpAddress address) {
        String name = "peer-" + address.toString().replaceAll("[.:]", "-");
        return (name.endsWith("-") ? name + "0" : name).toLowerCase(Locale.ROOT);
    }

    private static ObjectNode object(String apiVersion, String kind, String name) {
        ObjectNode object = JSON.objectNode().put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata").put("name", name).put("namespace", NAMESPACE);
        return object;
    }

    /// Whether everything that is wanted is there; the API server adds defaults.
    private static boolean says(JsonNode there, JsonNode wanted) {
        return wanted.properties().stream()
                .allMatch(field -> {
                    var value = there.path(field.getKey());
                    return value.isNumber()
                            ? value.asLong() == field.getValue().asLong()
                            : value.equals(field.getValue());
                });
    }
}

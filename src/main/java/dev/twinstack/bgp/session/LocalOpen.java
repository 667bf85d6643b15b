package dev.twinstack.bgp.session;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.Capability;
import dev.twinstack.bgp.wire.FourOctetAsCapability;
import dev.twinstack.bgp.wire.MultiprotocolCapability;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RouteRefreshCapability;
import dev.twinstack.net.IpFamily;
import java.util.ArrayList;
import java.util.List;

/// The OPEN we send: multiprotocol for exactly the families the session may use, route refresh,
/// four-octet AS. IPv4 unicast is always named when it is wanted: older Quagga and BIRD refuse a
/// peer that leaves it to be understood.
final class LocalOpen {

    private LocalOpen() {}

    static OpenMessage of(PeerSettings settings) {
        return OpenMessage.of(
                settings.localAsn(),
                settings.holdTime(),
                settings.routerId(),
                capabilities(settings));
    }

    private static List<Capability> capabilities(PeerSettings settings) {
        List<Capability> capabilities = new ArrayList<>();
        for (IpFamily family : settings.families()) {
            capabilities.add(new MultiprotocolCapability(AddressFamily.unicast(family)));
        }
        capabilities.add(new RouteRefreshCapability());
        capabilities.add(new FourOctetAsCapability(settings.localAsn()));
        return capabilities;
    }
}

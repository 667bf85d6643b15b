package dev.twinstack.bgp.testing;

import dev.twinstack.bgp.Community;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.AsPath;
import dev.twinstack.bgp.wire.Communities;
import dev.twinstack.bgp.wire.LocalPreference;
import dev.twinstack.bgp.wire.Nlri;
import dev.twinstack.bgp.wire.Origin;
import dev.twinstack.bgp.wire.PathAttribute;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.bgp.wire.UpdatePacker;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// UPDATEs of a well-behaved peer.
public final class Announcements {

    private Announcements() {}

    /// @param external the peer's AS, or nothing on an iBGP session
    public static UpdateMessage of(IpPrefix prefix, Optional<Asn> external) {
        List<PathAttribute> attributes = new ArrayList<>();
        attributes.add(Origin.IGP);
        attributes.add(external.map(AsPath::sequence).orElse(AsPath.EMPTY));
        if (external.isEmpty()) {
            attributes.add(new LocalPreference(100));
        }
        attributes.add(new Communities(List.of(Community.of(64600, 1))));
        IpAddress nextHop =
                switch (prefix.family()) {
                    case IPV4 -> IpAddress.parse("10.9.0.2");
                    case IPV6 -> IpAddress.parse("2001:db8:9::2");
                };
        return new UpdatePacker(external.isEmpty() ? WireOptions.INTERNAL : WireOptions.EXTERNAL)
                .announce(
                        AddressFamily.unicast(prefix.family()),
                        List.of(nextHop),
                        attributes,
                        List.of(new Nlri(prefix)))
                .getFirst();
    }
}

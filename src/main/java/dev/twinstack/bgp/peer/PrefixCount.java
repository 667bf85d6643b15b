package dev.twinstack.bgp.peer;

import dev.twinstack.bgp.wire.MpReach;
import dev.twinstack.bgp.wire.MpUnreach;
import dev.twinstack.bgp.wire.Nlri;
import dev.twinstack.bgp.wire.PathAttribute;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.IpPrefix;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/// Which prefixes a peer has announced, as far as its limit: it is over the limit with the first
/// one more, so no more than that are ever remembered.
final class PrefixCount {

    private final OptionalInt limit;
    private final Set<IpPrefix> present = new HashSet<>();

    PrefixCount(OptionalInt limit) {
        this.limit = limit;
    }

    /// @return whether there are more than allowed now
    boolean isTooMuch(UpdateMessage update) {
        if (limit.isEmpty()) {
            return false;
        }
        update.withdrawn().forEach(nlri -> present.remove(nlri.prefix()));
        for (PathAttribute attribute : update.attributes()) {
            if (attribute instanceof MpUnreach unreach) {
                unreach.withdrawn().forEach(nlri -> present.remove(nlri.prefix()));
            }
        }
        update.announced().forEach(this::add);
        update.attribute(MpReach.class).ifPresent(reach -> reach.nlri().forEach(this::add));
        return present.size() > limit.getAsInt();
    }

    private void add(Nlri nlri) {
        if (present.size() <= limit.orElse(0)) {
            present.add(nlri.prefix());
        }
    }

    /// The session is gone, and with it its routes.
    void clear() {
        present.clear();
    }
}

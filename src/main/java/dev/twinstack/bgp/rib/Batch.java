package dev.twinstack.bgp.rib;

import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.List;

/// Something to tell a peer about one family; becomes one or more UPDATEs.
sealed interface Batch {

    IpFamily family();

    record Withdraw(IpFamily family, List<IpPrefix> prefixes) implements Batch {}

    /// All with equal attributes, so that they can share messages.
    record Announce(IpFamily family, RouteAttributes attributes, List<IpPrefix> prefixes)
            implements Batch {}

    /// The answer to a refresh begins (RFC 7313 section 4).
    record BeginOfRefresh(IpFamily family) implements Batch {}

    /// The answer to a refresh is complete.
    record EndOfRefresh(IpFamily family) implements Batch {}

    /// The initial routes are complete (RFC 4724 section 2).
    record EndOfRib(IpFamily family) implements Batch {}
}
